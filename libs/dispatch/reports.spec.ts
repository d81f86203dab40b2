import type { Report } from '#agent-protocol';
import { Refusal } from '#domain';
import type { CommandMeta, ReportRun } from '#domain';
import { takeReports } from './reports.js';
import type { Run } from './run.js';

const run: Run = {
  id: 'log-7-0',
  job: 7,
  node: 'web1',
  agent: 'localhost',
  waitsUntilMs: 0,
  isAccepted: true,
  isGivenUp: false,
  isEndedByAgent: false,
};
const ended = (reportId: string, runId: string): Report => ({
  reportId,
  runId,
  kind: 'finished',
  attempt: 1,
  startedAt: '2027-05-05T12:00:00.000Z',
  finishedAt: '2027-05-05T12:00:01.000Z',
  result: { _output: '' },
  large: null,
});

/** Takes one report; gives what was confirmed and what the writer was told, of which it does the first as `first` says. */
async function take(report: Report, first: () => void = () => undefined) {
  const told: { readonly report: ReportRun; readonly meta: CommandMeta }[] = [];
  const toWriter = async (fact: ReportRun, meta: CommandMeta) => {
    told.push({ report: fact, meta });
    if (told.length === 1) first();
    return Promise.resolve();
  };
  const runOf = (id: string) => (id === run.id ? run : undefined);
  const { confirmed } = await takeReports('localhost', [report], runOf, toWriter);
  return { confirmed, told };
}

describe('a report of an agent', () => {
  it('becomes a command under its own id about the node of its run, and is confirmed once that is stored', async () => {
    const { confirmed, told } = await take(ended('r', run.id));
    expect(confirmed).toEqual(['r']);
    expect(told).toMatchObject([
      { report: { job: 7, node: 'web1', kind: 'finished' }, meta: { commandId: 'r', actor: 'agent/localhost' } },
    ]);
  });

  it('is confirmed though it was not given its run, and changes nothing', async () => {
    expect(await take(ended('r', 'another-7-0'))).toEqual({ confirmed: ['r'], told: [] });
  });

  it('that cannot be stored is not confirmed', async () => {
    const { confirmed } = await take(ended('r', run.id), () => {
      throw new Error('the log gives no answer');
    });
    expect(confirmed).toEqual([]);
  });

  it('that the writer refuses ends its run as errored, and is confirmed', async () => {
    const { confirmed, told } = await take(ended('r', run.id), () => {
      throw new Refusal({ code: 'command-too-large', bytes: 2, limit: 1 });
    });
    expect(confirmed).toEqual(['r']);
    expect(told[1]).toMatchObject({ report: { job: 7, kind: 'errored', error: { kind: 'daybook/report-refused' } } });
  });
});
