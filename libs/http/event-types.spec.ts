import fc from 'fast-check';
import { EVENT_VERSIONS } from '#domain';
import { typesLike } from './event-types.js';

const ALL_TYPES = Object.keys(EVENT_VERSIONS);

describe('a pattern of types', () => {
  it('without a star is the type of that name alone', () => {
    for (const type of ALL_TYPES) expect(typesLike(type)).toEqual([type]);
    expect(typesLike('daybook.job')).toEqual([]);
    expect(typesLike('daybook-job.created')).toEqual([]);
  });

  it('has any text for a star', () => {
    expect(typesLike('*')).toEqual(ALL_TYPES);
    expect(typesLike('daybook.job.node-*')).toEqual([
      'daybook.job.node-started',
      'daybook.job.node-finished',
      'daybook.job.node-failed',
      'daybook.job.node-errored',
      'daybook.job.node-skipped',
    ]);
    expect(typesLike('*.pruned')).toEqual(['daybook.jobs.pruned', 'daybook.plan-jobs.pruned']);
  });

  it('stands for each type of which parts were replaced by stars', () => {
    const cuts = fc.tuple(fc.constantFrom(...ALL_TYPES), fc.nat(), fc.nat());
    fc.assert(
      fc.property(cuts, ([type, a, b]) => {
        const [from, to] = [a % type.length, b % type.length].toSorted((x, y) => x - y) as [number, number];
        expect(typesLike(`${type.slice(0, from)}*${type.slice(to)}`)).toContain(type);
      }),
    );
  });
});
