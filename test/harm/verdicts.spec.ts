import type { DomainEvent, RecordedEvent } from '#domain';
import { recordEvent } from '../../libs/event-log/encode.js';
import { commandFaults } from './commands.js';
import { idFaults } from './ids.js';
import type { Kind, Sent } from './journal.js';
import { occurrenceFaults } from './occurrences.js';
import { runFaults } from './runs.js';

/** A log of these facts; each was caused by the command at its place. */
function logOf(facts: readonly DomainEvent[], causes: readonly string[] = []): RecordedEvent[] {
  return facts.map((fact, index) =>
    recordEvent(fact, {
      source: '/daybook/x/0',
      number: index + 1,
      time: '2027-05-05T12:00:10.000Z',
      actor: 'subject/a',
      correlationId: 'c',
      causationId: causes[index] ?? 'c',
    }),
  );
}

const spec = {
  command: 'task',
  task: 'mark',
  environment: 'production',
  noop: false,
  params: { value: {} },
  sealed: null,
  timeoutS: null,
  concurrency: null,
} as const;
const scheduled = (id: number, scheduledTime = '2027-05-05T12:00:00.000Z', intervalS: number | null = null) =>
  ({
    type: 'daybook.scheduled-job.scheduled',
    data: {
      id,
      spec,
      scope: { nodes: ['a'] },
      owner: 'a',
      description: '',
      userdata: {},
      scheduledTime,
      intervalS,
      nextRun: scheduledTime,
    },
  }) as const;
const fired = (id: number, occurrence: string) =>
  ({ type: 'daybook.scheduled-job.fired', data: { id, occurrence, job: 1, nextRun: null } }) as const;
const created = (id: number) =>
  ({
    type: 'daybook.job.created',
    data: {
      id,
      spec,
      nodes: ['a'],
      scope: null,
      owner: 'a',
      description: '',
      scheduledJob: null,
      userdata: {},
    },
  }) as const;
const finished = (id: number) =>
  [
    {
      type: 'daybook.job.node-finished',
      data: { id, node: 'a', attempt: 1, startedAt: '', finishedAt: '', result: {}, large: null },
    },
    { type: 'daybook.job.finished', data: { id, state: 'finished' } },
  ] as const;

const sent = (key: string, kind: Kind, status: number, id: number | null): Sent => ({
  key,
  kind,
  unknown: 0,
  notTaken: 0,
  answer: { status, id },
});
const faultsOf = (facts: readonly DomainEvent[], causes: readonly string[], commands: readonly Sent[]) =>
  commandFaults(logOf(facts, causes), [...commands], (key) => key);

/** A job was started, and is said to have been stopped. */
const STOPPED = [sent('k', 'run', 202, 1), sent('l', 'stop', 202, 1)];

describe('commands', () => {
  it('are without fault where each is in the log as it was answered', () => {
    const commands = [sent('k', 'schedule', 202, 1), sent('l', 'schedule', 400, null)];
    expect(faultsOf([scheduled(1)], ['k'], commands)).toEqual([]);
    expect(faultsOf([created(1), finished(1)[1]], ['k', 'report'], STOPPED)).toEqual([]);
  });

  it.each([
    ['is lost', [], [], [sent('k', 'schedule', 202, 1)], /made nothing/],
    ['is there twice', [scheduled(1), scheduled(2)], ['k', 'k'], [sent('k', 'schedule', 202, 1)], /made 1,2/],
    ['made something else', [scheduled(2)], ['k'], [sent('k', 'schedule', 202, 1)], /made 2/],
    ['was refused', [scheduled(1)], ['k'], [sent('k', 'schedule', 400, null)], /answered 400 with null, and made 1/],
    ['was never sent', [scheduled(1)], ['k'], [], /nobody sent it/],
    ['stopped nothing of a job that went on', [created(1)], ['k'], STOPPED, /made nothing/],
  ])('are at fault where one %s', (_, facts, causes, commands, fault) => {
    expect(faultsOf(facts, causes, commands)).toEqual([expect.stringMatching(fault)]);
  });
});

describe('runs', () => {
  const mark = { runId: 'log-1-0', attempt: 1 };

  it('are without fault where each ended once and left its mark', () => {
    expect(runFaults(logOf([created(1), ...finished(1)]), [mark])).toEqual([]);
  });

  it.each([
    ['came to its end twice', [created(1), ...finished(1)], [mark, mark], /came to its end 2 times/],
    ['finished without having run', [created(1), ...finished(1)], [], /left no mark/],
    ['is of no job', [created(1), ...finished(1)], [mark, { runId: 'log-2-0', attempt: 1 }], /is in no job/],
    ['is told to end twice', [created(1), finished(1)[0], ...finished(1)], [mark], /ended 2 times in the log/],
  ])('are at fault where one %s', (_, facts, marks, fault) => {
    expect(runFaults(logOf(facts), marks)).toEqual([expect.stringMatching(fault)]);
  });
});

describe('occurrences', () => {
  const [first, second] = ['2027-05-05T12:00:00.000Z', '2027-05-05T12:00:05.000Z'];
  const nowMs = Date.parse('2027-05-05T12:00:09.000Z');

  it('are without fault where each that was due is decided once', () => {
    const facts = [scheduled(1, first, 5), fired(1, first), fired(1, second)];
    expect(occurrenceFaults(logOf(facts), nowMs)).toEqual([]);
  });

  it.each([
    ['is missed', [scheduled(1, first, 5), fired(1, first)], /was due and is not decided/],
    ['fires twice', [scheduled(1, first), fired(1, first), fired(1, first)], /expected null/],
    ['fires early', [scheduled(1, '2027-05-05T13:00:00.000Z'), fired(1, '2027-05-05T13:00:00.000Z')], /fired at/],
  ])('are at fault where one %s', (_, facts, fault) => {
    expect(occurrenceFaults(logOf(facts), nowMs)).toEqual([expect.stringMatching(fault)]);
  });
});

describe('ids', () => {
  it('are at fault where one is left out', () => {
    expect(idFaults(logOf([scheduled(1), scheduled(3)]))).toEqual(['scheduled jobs are not dense: number 2 has id 3']);
  });
});
