import fc from 'fast-check';

import type { StoredCommit } from '#event-log';

import { groupsOf } from './fold-commits.js';

const commits = fc
  .array(fc.integer({ min: 1, max: 9 }))
  .map((sizes) => sizes.map((size) => ({ events: Array(size).fill({}) }) as unknown as StoredCommit));

describe('groups of commits', () => {
  it('keep all commits, in their order, whole', () => {
    fc.assert(
      fc.property(commits, fc.integer({ min: 1, max: 12 }), (all, most) => {
        expect([...groupsOf(all, most)].flat()).toEqual(all);
      }),
    );
  });

  it('have no more events than allowed, unless one commit alone has', () => {
    fc.assert(
      fc.property(commits, fc.integer({ min: 1, max: 12 }), (all, most) => {
        for (const group of groupsOf(all, most)) {
          const events = group.reduce((sum, commit) => sum + commit.events.length, 0);
          expect(group.length === 1 || events <= most).toBe(true);
        }
      }),
    );
  });
});
