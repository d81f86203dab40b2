import fc from 'fast-check';
import { History, spec } from '../domain/testing/given.js';
import { Releases } from './releases.js';
import type { Release } from './releases.js';

const names = (releases: readonly Release[]) => releases.map(({ node }) => node);

/** A job over some nodes, and what was released of it and has not ended. */
function job(concurrency: number | null, count: number) {
  const history = new History();
  const nodes = Array.from({ length: count }, (_, index) => `n${index}`);
  const task = { ...spec, concurrency };
  history.when({ type: 'create-job', spec: task, scope: { nodes }, owner: 'a', description: '', userdata: {} });
  return { history, nodes, created: history.state.jobs.get(1)! };
}

describe('the nodes of a job that may run', () => {
  it('are as many as its concurrency, in their order, and all of them in the end', () => {
    const cases = fc.record({
      concurrency: fc.option(fc.integer({ min: 1, max: 4 })),
      count: fc.integer({ min: 1, max: 12 }),
      ends: fc.array(fc.record({ at: fc.nat(), isStarted: fc.boolean(), isErrored: fc.boolean() }), { minLength: 12 }),
    });
    fc.assert(
      fc.property(cases, ({ concurrency, count, ends }) => {
        const { history, nodes, created } = job(concurrency, count);
        const releases = new Releases();
        const order = names(releases.first(created));
        const active = new Set(order);
        for (const { at, isStarted, isErrored } of ends.slice(0, count)) {
          expect(active.size).toBe(Math.min(concurrency ?? Infinity, active.size + nodes.length - order.length));
          // Whoever takes over in the middle releases the same nodes.
          expect(names(new Releases().first(created)).sort()).toEqual([...active].sort());
          const node = [...active][at % active.size]!;
          if (isStarted) history.started(1, node);
          if (isErrored) history.errored(1, node);
          else history.ended(1, node);
          active.delete(node);
          for (const next of names(releases.next(history.state, 1))) {
            order.push(next);
            active.add(next);
          }
        }
        expect(order).toEqual(nodes);
        expect(history.state.jobs.size).toBe(0);
      }),
    );
  });

  it('are none any more once the job is stopped', () => {
    const { history } = job(1, 3);
    const releases = new Releases();
    releases.first(history.state.jobs.get(1)!);
    history.started(1, 'n0');
    history.when({ type: 'stop-job', id: 1, force: false });
    expect(releases.next(history.state, 1)).toEqual([]);
    expect(names(new Releases().first(history.state.jobs.get(1)!))).toEqual(['n0']);
  });
});
