import { Refusal } from '../refusal.js';
import { History, iso, START_MS, typesOf } from '../testing/given.js';

describe('a scheduled task', () => {
  it('is numbered from 1 without a gap', () => {
    const history = new History();
    expect(
      [...history.schedule(1000), ...history.schedule(1000)].map(({ data }) => (data as { id: number }).id),
    ).toEqual([1, 2]);
  });

  it('is refused for a time in the past', () => {
    const history = new History();
    expect(() => history.schedule(-1)).toThrow(Refusal);
    expect(history.events).toEqual([]);
  });

  it('does nothing before it is due', () => {
    const history = new History();
    history.schedule(3000);
    expect(history.after(2999)).toEqual([]);
  });

  it('fires once and leaves when it is a one-shot', () => {
    const history = new History();
    history.schedule(3000);
    expect(history.after(3000)).toMatchObject([
      { type: 'daybook.scheduled-job.fired', data: { id: 1, occurrence: iso(START_MS + 3000), job: 1, nextRun: null } },
      { type: 'daybook.job.created', data: { id: 1, scheduledJob: 1, nodes: ['a'] } },
    ]);
    expect(history.after(1e9)).toEqual([]);
    expect(history.state.schedules.size).toBe(0);
  });

  it('keeps its phase from one occurrence to the next', () => {
    const history = new History();
    history.schedule(3000, 5);
    history.after(3700);
    history.ended(1, 'a');
    expect(history.after(4300)).toMatchObject([
      { data: { occurrence: iso(START_MS + 8000), nextRun: iso(START_MS + 13_000) } },
      { data: { id: 2 } },
    ]);
  });

  it('skips occurrences while its previous run is going', () => {
    const history = new History();
    history.schedule(1000, 5);
    history.after(1000);
    expect(history.after(10_000)).toMatchObject([
      {
        type: 'daybook.scheduled-job.skipped',
        data: { reason: 'overlap', first: iso(START_MS + 6000), last: iso(START_MS + 11_000), count: 2 },
      },
    ]);
    history.ended(1, 'a');
    expect(typesOf(history.after(5000))).toEqual(['scheduled-job.fired', 'job.created']);
  });

  it('makes one event of a year of missed occurrences', () => {
    const history = new History();
    history.schedule(1000, 1);
    const events = history.after(365 * 86_400_000);
    expect(events[0]).toMatchObject({ data: { reason: 'misfire', count: 31_535_940 } });
    expect(events.length).toBeLessThan(5);
  });

  it('can be deleted, once, and leaves its running job alone', () => {
    const history = new History();
    history.schedule(1000, 5);
    history.after(1000);
    expect(typesOf(history.when({ type: 'delete-scheduled-job', id: 1 }))).toEqual(['scheduled-job.deleted']);
    expect(() => history.when({ type: 'delete-scheduled-job', id: 1 })).toThrow(Refusal);
    expect(history.after(1e6)).toEqual([]);
    expect(typesOf(history.ended(1, 'a')).at(-1)).toBe('job.finished');
  });

  it('ends where the calendar ends', () => {
    const history = new History();
    const toYear9999 = Date.parse('9999-12-31T23:59:00Z') - history.nowMs;
    history.schedule(toYear9999, 3600);
    expect(history.after(toYear9999)).toMatchObject([{ data: { nextRun: null } }, {}]);
  });

  it('falls due by time, and by id where times are equal', () => {
    const history = new History();
    history.schedule(2000);
    history.schedule(1000);
    history.schedule(1000);
    const fired = history.after(5000).filter(({ type }) => type === 'daybook.scheduled-job.fired');
    expect(fired.map(({ data }) => (data as { id: number }).id)).toEqual([2, 3, 1]);
  });

  it('gives the same command id its first answer again, and refuses another body under it', () => {
    const history = new History();
    const command = {
      type: 'delete-scheduled-job',
      id: 1,
    } as const;
    history.schedule(1000);
    const meta = { commandId: 'k', bodyDigest: 'd' };
    expect(history.answer(command, meta)).toEqual({ kind: 'done' });
    expect(history.answer(command, meta)).toEqual({ kind: 'done' });
    expect(() => history.answer(command, { ...meta, bodyDigest: 'other' })).toThrow(Refusal);
    expect(history.events).toHaveLength(2);
  });
});
