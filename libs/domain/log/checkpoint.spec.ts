import fc from 'fast-check';
import { History } from '../testing/given.js';
import { CHECKPOINT_EVENTS, CHECKPOINT_MS, CHECKPOINT_REACH, isCheckpointDue } from './checkpoint.js';

const open = { type: 'open-writer', program: 'p', logFormat: 1, timeZoneData: 'z', keyCheck: 'k' } as const;
const sign = (number: number) =>
  ({ type: 'sign-checkpoint', number, hash: 'h', publicKey: 'k', signature: 's' }) as const;
const isDue = ({ state, nowMs }: History, stored = state.position) => isCheckpointDue(state, stored, nowMs);

describe('a checkpoint', () => {
  it('is due ten minutes after the first reign began, and when it is signed not before something else has happened', () => {
    const history = new History();
    history.when(open);
    history.nowMs += CHECKPOINT_MS - 1;
    expect(isDue(history)).toBe(false);
    history.nowMs += 1;
    expect(isDue(history)).toBe(true);
    expect(history.when(sign(1))).toEqual([
      { type: 'daybook.log.checkpoint-signed', data: { number: 1, hash: 'h', publicKey: 'k', signature: 's' } },
    ]);
    history.nowMs += 100 * CHECKPOINT_MS;
    expect([isDue(history), isDue(history, 1)]).toEqual([false, false]);
    history.schedule(1000);
    expect(isDue(history)).toBe(true);
  });

  it('is due for what came between the commit that the last one vouches for and the last one', () => {
    const history = new History();
    history.when(open);
    history.schedule(1000);
    history.when(sign(1));
    expect(isDue(history)).toBe(false);
    history.nowMs += CHECKPOINT_MS;
    expect(isDue(history)).toBe(true);
  });

  it('is due at once after ten thousand events', () => {
    const history = new History();
    history.when(open);
    expect([isDue(history, CHECKPOINT_EVENTS - 1), isDue(history, CHECKPOINT_EVENTS)]).toEqual([false, true]);
  });

  it('is taken only for what none vouches for yet, and not from far behind', () => {
    const history = new History();
    history.when(open);
    history.when(sign(1));
    expect(history.when(sign(1))).toEqual([]);
    history.state.position = 1 + CHECKPOINT_REACH + 1;
    expect(history.when(sign(2))).toEqual([]);
    expect(history.when(sign(3))).toHaveLength(1);
  });

  it('follows no other for ever: where nothing else happens there is one more at most that covers all', () => {
    const step = fc.record({ events: fc.integer({ min: 0, max: 3 }), lag: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const history = new History();
        history.when(open);
        const signIfDue = (stored: number) => {
          history.nowMs += CHECKPOINT_MS;
          return isDue(history, stored) ? history.when(sign(stored)).length : 0;
        };
        for (const { events, lag } of steps) {
          for (let index = 0; index < events; index++) history.schedule(1000);
          signIfDue(Math.max(1, history.state.position - lag));
        }
        const quiet = Array.from({ length: 5 }, () => signIfDue(history.state.position));
        expect(quiet.slice(1)).toEqual([0, 0, 0, 0]);
        expect(history.state.vouched.number).toBeGreaterThanOrEqual(history.state.position - 2);
      }),
    );
  });
});
