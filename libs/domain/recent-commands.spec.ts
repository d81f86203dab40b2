import { setImmediate as immediate } from 'node:timers/promises';
import fc from 'fast-check';
import type { Answer } from './command.js';
import type { RecordedEvent } from './event.js';
import { RecentCommands, REMEMBERED_COUNT, REMEMBERED_MS, remember } from './recent-commands.js';
import type { RecentCommand } from './recent-page.js';

describe('recent commands', () => {
  const deleted = (causationid: string) =>
    ({ type: 'daybook.scheduled-job.deleted', data: { id: 1 }, causationid }) as RecordedEvent;
  const idsOf = (recent: RecentCommands) => Array.from(recent, ([id]) => id);

  it('are found by their ids with what they were answered, whatever has left before', () => {
    const answer = fc.oneof(
      fc.constant<Answer>({ kind: 'done' }),
      fc.nat().map<Answer>((scheduledJob) => ({ kind: 'scheduled', scheduledJob })),
      fc.nat().map<Answer>((job) => ({ kind: 'created', job })),
      fc.nat().map<Answer>((job) => ({ kind: 'stopping', job, nodes: { new: job } })),
    );
    const bodyDigest = fc.option(fc.base64String({ minLength: 4 }), { nil: undefined });
    const batch = fc.record({
      afterMs: fc.integer({ min: 0, max: REMEMBERED_MS }),
      ids: fc.array(fc.oneof(fc.uuid(), fc.string(), fc.constantFrom('a', 'b')), { minLength: 1, maxLength: 5 }),
      copies: fc.constantFrom(1, 1, 1, 1500),
      command: fc.record({ answer, number: fc.nat(), bodyDigest }),
    });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
        const recent = new RecentCommands();
        const expected = new Map<string, RecentCommand>();
        let timeMs = 0;
        for (const { afterMs, ids, copies, command: about } of batches) {
          timeMs += afterMs;
          const command: RecentCommand = {
            answer: about.answer,
            number: about.number,
            timeMs,
            bodyDigest: about.bodyDigest,
          };
          for (const [id, old] of expected) if (timeMs - old.timeMs >= REMEMBERED_MS) expected.delete(id);
          for (let copy = 1; copy <= copies; copy++) {
            for (const id of ids.map((id) => (copy === 1 ? id : `${id}/${copy}`))) {
              recent.add(id, command);
              if (!expected.has(id)) expected.set(id, command);
            }
          }
          for (const id of ids) expect(recent.get(id)).toEqual(expected.get(id));
        }
        // Some ten thousand: too many for toEqual.
        expect(JSON.stringify([...recent])).toBe(JSON.stringify([...expected]));
        expect(recent.size).toBe(expected.size);
        expect(recent.get('nobody')).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('are forgotten after a day', () => {
    const recent = new RecentCommands();
    remember(recent, deleted('old'), 1, 0);
    remember(recent, deleted('young'), 2, REMEMBERED_MS - 1);
    expect(idsOf(recent)).toEqual(['old', 'young']);
    remember(recent, deleted('new'), 3, REMEMBERED_MS);
    expect(idsOf(recent)).toEqual(['young', 'new']);
  });

  it('are no more than a million, the oldest leave first', () => {
    const recent = new RecentCommands();
    for (let i = 0; i <= REMEMBERED_COUNT; i++) remember(recent, deleted(`${i}`), i, 0);
    expect(recent.size).toBe(REMEMBERED_COUNT);
    expect(recent.get('0')).toBeUndefined();
  });

  // A look at all that left, for each that comes, would be a hundred thousand million looks: the test would time out.
  it('leave one by one, without a look at those that left before', async () => {
    const recent = new RecentCommands();
    const kept = 300_000;
    for (let i = 0; i < 4 * kept; i++) {
      remember(recent, deleted(`${i}`), i, (i * REMEMBERED_MS) / kept);
      if (i % 1000 === 0) await immediate();
    }
    expect(recent.size).toBe(kept);
    expect(idsOf(recent).slice(0, 2)).toEqual([`${3 * kept}`, `${3 * kept + 1}`]);
  });
});
