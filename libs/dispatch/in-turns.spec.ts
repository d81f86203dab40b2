import { setImmediate as immediate } from 'node:timers/promises';
import { inTurns } from './in-turns.js';

const busyMs = (ms: number) => {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
};

describe('what is done in turns', () => {
  it('is done in the order in which it came, later', async () => {
    const soon = inTurns();
    const done: number[] = [];
    for (let each = 0; each < 1000; each++) soon(() => done.push(each));
    expect(done).toEqual([]);
    await new Promise<void>(soon);
    expect(done).toEqual(Array.from({ length: 1000 }, (_, each) => each));
  });

  it('leaves others their turn where it takes long', async () => {
    const soon = inTurns();
    const order: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      soon(() => {
        order.push(name);
        busyMs(10);
      });
    }
    await immediate();
    order.push('other');
    await new Promise<void>(soon);
    expect(order.indexOf('other')).toBeLessThan(order.indexOf('c'));
  });
});
