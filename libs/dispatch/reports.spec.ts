import type { Report } from '#agent-protocol';
import { Refusal } from '#domain';
import type { CommandMeta, ReportRun } from '#domain';
import { takeReports } from './reports.js';
import { runIds } from './run.js';

const ids = runIds('0a1b2c3d-0000-4000-8000-000000000000');
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
  const { confirmed } = await takeReports('web1', [report], ids, toWriter);
  return { confirmed, told };
}

describe('a report of an agent', () => {
  it('becomes a command under its own id, and is confirmed once that is stored', async () => {
    const { confirmed, told } = await take(ended('r', ids.of(7, 0)));
    expect(confirmed).toEqual(['r']);
    expect(told).toMatchObject([
      { report: { job: 7, node: 'web1', kind: 'finished' }, meta: { commandId: 'r', actor: 'agent/web1' } },
    ]);
  });

  it('is confirmed though its run is of another log, and changes nothing', async () => {
    expect(await take(ended('r', 'another-7-0'))).toEqual({ confirmed: ['r'], told: [] });
  });

  it('that cannot be stored is not confirmed', async () => {
    const { confirmed } = await take(ended('r', ids.of(7, 0)), () => {
      throw new Error('the log gives no answer');
    });
    expect(confirmed).toEqual([]);
  });

  it('that the writer refuses ends its run as errored, and is confirmed', async () => {
    const { confirmed, told } = await take(ended('r', ids.of(7, 0)), () => {
      throw new Refusal({ code: 'command-too-large', bytes: 2, limit: 1 });
    });
    expect(confirmed).toEqual(['r']);
    expect(told[1]).toMatchObject({ report: { job: 7, kind: 'errored', error: { kind: 'daybook/report-refused' } } });
  });
});
