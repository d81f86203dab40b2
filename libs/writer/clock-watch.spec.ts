import fc from 'fast-check';
import { movableClock } from '../platform/testing/movable-clock.js';
import type { MovableClock } from '../platform/testing/movable-clock.js';
import { ClockWatch } from './clock-watch.js';

const HOUR_MS = 3_600_000;

/** The broker's clock is as right as ours was before it was moved. */
const right = (clock: MovableClock, movedMs: number) => () => Promise.resolve(clock.now() - movedMs);

const unreachable = () => Promise.reject(new Error('no answer'));

describe('the time that a writer goes by', () => {
  let clock: MovableClock;
  let watch: ClockWatch;
  beforeEach(() => {
    clock = movableClock();
    watch = new ClockWatch(clock);
  });

  it('is that of the clock, which nobody has set', async () => {
    clock.pass(10 * HOUR_MS);
    const { nowMs, step } = await watch.look(unreachable);
    expect(step).toBeNull();
    expect(clock.now() - nowMs).toBeLessThan(1000);
  });

  it.each([1500, 60_000, -1500, -10 * HOUR_MS])(
    'is that of a clock that was set by %d ms, which is told',
    async (ms) => {
      const before = watch.now();
      clock.step(ms);
      const { nowMs, step } = await watch.look(unreachable);
      expect(step).toMatchObject({ isFollowed: true });
      expect(Math.abs(step!.fromMs - before)).toBeLessThan(1000);
      expect(Math.abs(step!.toMs - step!.fromMs - ms)).toBeLessThan(10);
      expect(Math.abs(nowMs - before - ms)).toBeLessThan(1000);
      expect((await watch.look(unreachable)).step).toBeNull();
    },
  );

  it('is that of a clock that was put right by little more than a minute, once the broker agrees', async () => {
    clock.step(61_000);
    expect(await watch.look(right(clock, 0))).toMatchObject({ step: { isFollowed: true } });
  });

  it.each([
    ['shows an earlier time', (moved: MovableClock) => right(moved, HOUR_MS)],
    ['does not answer', () => unreachable],
  ])('goes on as if the clock had not jumped ahead while the broker %s', async (_, brokerOf) => {
    const before = watch.now();
    const askBroker = brokerOf(clock);
    clock.step(HOUR_MS);
    const { nowMs, step } = await watch.look(askBroker);
    expect(step).toMatchObject({ isFollowed: false });
    expect(nowMs - before).toBeLessThan(1000);
    clock.pass(5000);
    const later = await watch.look(askBroker);
    expect(later.step).toBeNull();
    expect(later.nowMs - before).toBeGreaterThanOrEqual(5000);
    expect(later.nowMs - before).toBeLessThan(6000);
    expect(watch.now() - before).toBeLessThan(6000);
  });

  it('is that of a clock that jumped ahead as soon as the broker comes to agree', async () => {
    clock.step(HOUR_MS);
    await watch.look(right(clock, HOUR_MS));
    clock.pass(2000);
    const { nowMs, step } = await watch.look(right(clock, 0));
    expect(step).toMatchObject({ isFollowed: true });
    expect(clock.now() - nowMs).toBeLessThan(1000);
  });

  it('is that of a clock that jumped ahead and was set right again', async () => {
    clock.step(HOUR_MS);
    await watch.look(unreachable);
    clock.step(-HOUR_MS);
    expect(await watch.look(unreachable)).toMatchObject({ step: { isFollowed: true } });
    expect((await watch.look(unreachable)).step).toBeNull();
  });

  it('is asked for at most once a second while the clock is not believed', async () => {
    let asked = 0;
    const askBroker = () => {
      asked++;
      return unreachable();
    };
    clock.step(HOUR_MS);
    for (let i = 0; i < 100; i++) await watch.look(askBroker);
    clock.pass(1000);
    await watch.look(askBroker);
    expect(asked).toBe(2);
  });

  it('is the time that passes or that of the clock, and jumps ahead only to what the broker confirms', async () => {
    const change = fc.record({
      passMs: fc.integer({ min: 1000, max: HOUR_MS }),
      stepMs: fc.integer({ min: -HOUR_MS, max: HOUR_MS }),
    });
    const isNear = (a: number, b: number) => Math.abs(a - b) < 1100;
    await fc.assert(
      fc.asyncProperty(fc.array(change), async (changes) => {
        const set = movableClock();
        const watched = new ClockWatch(set);
        let heldMs = watched.now();
        let movedMs = 0;
        for (const { passMs, stepMs } of changes) {
          set.pass(passMs);
          set.step(stepMs);
          movedMs += stepMs;
          const { nowMs } = await watched.look(right(set, movedMs));
          const isFollowed = isNear(nowMs, set.now());
          expect(isFollowed || isNear(nowMs, heldMs + passMs)).toBe(true);
          if (movedMs <= 10_000) expect(isFollowed).toBe(true);
          else if (nowMs - heldMs - passMs > 61_000) throw new Error(`it jumps ahead by ${nowMs - heldMs - passMs} ms`);
          heldMs = nowMs;
        }
      }),
    );
  });
});
