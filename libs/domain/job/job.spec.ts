import fc from 'fast-check';
import { nextDueMs } from '../advance.js';
import { Refusal } from '../refusal.js';
import { History, spec, typesOf } from '../testing/given.js';
import { MAX_NODES } from './node-limits.js';

describe('a job', () => {
  it('starts with its first node and finishes with its last', () => {
    const history = new History();
    history.run(['a', 'b']);
    expect(typesOf(history.started(1, 'a'))).toEqual(['job.started', 'job.node-started']);
    expect(typesOf(history.started(1, 'b'))).toEqual(['job.node-started']);
    expect(typesOf(history.ended(1, 'a'))).toEqual(['job.node-finished']);
    expect(history.ended(1, 'b')).toMatchObject([{}, { data: { id: 1, state: 'finished' } }]);
    expect(history.state.jobs.size).toBe(0);
  });

  it('shows that it ran where the report of the start was lost', () => {
    const history = new History();
    history.run(['a']);
    expect(typesOf(history.ended(1, 'a'))).toEqual([
      'job.started',
      'job.node-started',
      'job.node-finished',
      'job.finished',
    ]);
  });

  it('fails when a node fails or is errored', () => {
    const history = new History();
    history.run(['a', 'b', 'c']);
    history.ended(1, 'a');
    history.ended(1, 'b', 'failed');
    expect(history.errored(1, 'c')).toMatchObject([
      { type: 'daybook.job.node-errored', data: { startedAt: null } },
      { data: { state: 'failed' } },
    ]);
  });

  it('lets the first fact about the end of a run stand', () => {
    const history = new History();
    history.run(['a', 'b']);
    history.ended(1, 'a', 'failed');
    expect(history.ended(1, 'a')).toEqual([]);
    expect(history.errored(1, 'a')).toEqual([]);
    expect(history.started(1, 'a')).toEqual([]);
    expect(history.ended(1, 'nosuch')).toEqual([]);
    expect(history.ended(7, 'a')).toEqual([]);
  });

  it('is refused without a node and with too many', () => {
    const history = new History();
    expect(() => history.run([])).toThrow(Refusal);
    expect(() => history.run(Array.from({ length: MAX_NODES + 1 }, (_, i) => `n${i}`))).toThrow(Refusal);
    expect(() => history.run(Array.from({ length: 10_000 }, (_, i) => `${i}`.padEnd(200, 'x')))).toThrow(Refusal);
    expect(() => history.run(Array.from({ length: 4_000 }, (_, i) => `${i}`.padEnd(100, 'é')))).toThrow(Refusal);
    expect(history.events).toEqual([]);
  });
});

describe('stopping a job', () => {
  const stop = (id: number, force = false) => ({ type: 'stop-job', id, force }) as const;

  it('skips what has not started and lets what runs come to its end', () => {
    const history = new History();
    history.run(['a', 'b', 'c']);
    history.started(1, 'b');
    expect(history.answer(stop(1))).toEqual({ kind: 'stopping', job: 1, nodes: { new: 2, running: 1 } });
    expect(typesOf(history.events).slice(3)).toEqual(['job.stopping', 'job.node-skipped', 'job.node-skipped']);
    expect(history.ended(1, 'b')).toMatchObject([{}, { data: { state: 'stopped' } }]);
  });

  it('ends the job at once where nothing runs', () => {
    const history = new History();
    history.run(['a']);
    expect(typesOf(history.when(stop(1)))).toEqual(['job.stopping', 'job.node-skipped', 'job.finished']);
  });

  it('changes nothing the second time, unless it is forced then', () => {
    const history = new History();
    history.run(['a']);
    history.started(1, 'a');
    history.when(stop(1));
    expect(history.when(stop(1))).toEqual([]);
    expect(history.when(stop(1, true))).toMatchObject([{ data: { force: true } }]);
    expect(history.when(stop(1, true))).toEqual([]);
  });

  it('says of a job that has ended that it has, and refuses one that never was', () => {
    const history = new History();
    history.run(['a']);
    history.ended(1, 'a');
    expect(history.answer(stop(1))).toEqual({ kind: 'had-ended', job: 1 });
    expect(() => history.answer(stop(2))).toThrow(Refusal);
    expect(() => history.answer(stop(0))).toThrow(Refusal);
  });

  it('skips thousands of nodes by several decisions of bounded size', () => {
    const history = new History();
    history.run(Array.from({ length: 5000 }, (_, i) => `node${i}`));
    expect(history.when(stop(1))).toHaveLength(101);
    const rest = history.after(0);
    expect(rest.filter(({ type }) => type === 'daybook.job.node-skipped')).toHaveLength(4900);
    expect(rest.at(-1)).toMatchObject({ type: 'daybook.job.finished', data: { state: 'stopped' } });
    expect(history.after(0)).toEqual([]);
  });

  it('has more to do at once, also where the clock was set back meanwhile', () => {
    const history = new History();
    history.run(Array.from({ length: 5000 }, (_, i) => `node${i}`));
    history.when(stop(1));
    history.nowMs -= 3_600_000;
    expect(nextDueMs(history.state)).toBeLessThanOrEqual(history.nowMs);
  });
});

describe('the states of a job and its nodes', () => {
  const nodes = ['a', 'b', 'c'];
  const step = fc.oneof(
    fc.record({ act: fc.constantFrom('started', 'finished', 'failed', 'errored'), node: fc.constantFrom(...nodes) }),
    fc.record({ act: fc.constantFrom('stop', 'force'), node: fc.constant('a') }),
  );

  it('follow from each other, whatever is reported in whatever order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const history = new History();
        history.run(nodes);
        for (const { act, node } of steps) {
          if (act === 'stop' || act === 'force') history.when({ type: 'stop-job', id: 1, force: act === 'force' });
          else if (act === 'started') history.started(1, node);
          else if (act === 'errored') history.errored(1, node);
          else history.ended(1, node, act);
        }
        const ends = new Map<string, number>();
        let isFinished = false;
        for (const { type, data } of history.events) {
          expect(isFinished).toBe(false);
          const { node } = data as { node?: string };
          if (node !== undefined && type !== 'daybook.job.node-started') ends.set(node, (ends.get(node) ?? 0) + 1);
          if (type === 'daybook.job.node-started') expect(ends.has(node!)).toBe(false);
          isFinished = type === 'daybook.job.finished';
        }
        expect([...ends.values()].every((count) => count === 1)).toBe(true);
        expect(isFinished).toBe(ends.size === nodes.length);
        expect(history.state.jobs.has(1)).toBe(!isFinished);
        if (isFinished && history.events.some(({ type }) => type === 'daybook.job.stopping')) {
          expect(history.events.at(-1)!.data).toMatchObject({ state: 'stopped' });
        }
      }),
    );
  });
});

describe('the specification of a task', () => {
  it('reaches the job unchanged', () => {
    const history = new History();
    expect(history.run(['a'])[0]!.data).toMatchObject({ spec });
  });
});

describe('jobs that are pruned', () => {
  it('are those that have ended, and no other number', () => {
    const history = new History();
    history.run(['a']);
    history.run(['a']);
    history.ended(1, 'a');
    const prune = (ids: readonly number[]) => history.when({ type: 'prune-jobs', ids });
    expect(prune([1, 2, 3, 0])).toEqual([{ type: 'daybook.jobs.pruned', data: { ids: [1] } }]);
    expect(prune([2])).toEqual([]);
  });
});
