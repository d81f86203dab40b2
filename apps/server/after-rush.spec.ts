import { jest } from '@jest/globals';
import { afterRush } from './after-rush.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** What was done, in its order. */
function noted() {
  const done: number[] = [];
  const after = afterRush();
  return { after, done, note: (number: number, mayWait = true) => after.do(() => done.push(number), mayWait) };
}

describe('what follows from commits', () => {
  it('is done at once where there is no rush', () => {
    const { note, done } = noted();
    note(1);
    expect(done).toEqual([1]);
  });

  it('waits in a rush, and is then done in its order, one commit in a turn', async () => {
    const { after, note, done } = noted();
    after.tell(true);
    note(1);
    note(2);
    after.tell(true);
    await pass(999);
    expect(done).toEqual([]);
    after.tell(false);
    await Promise.resolve();
    expect(done.length).toBeLessThan(2);
    note(3);
    await pass(10);
    expect(done).toEqual([1, 2, 3]);
    note(4);
    expect(done).toEqual([1, 2, 3, 4]);
  });

  it('waits a second at most, however often a rush begins and ends', async () => {
    const { after, note, done } = noted();
    after.tell(true);
    note(1);
    await pass(600);
    note(2);
    await pass(400);
    expect(done).toEqual([1]);
    await pass(599);
    expect(done).toEqual([1]);
    await pass(1);
    expect(done).toEqual([1, 2]);
    note(3);
    for (let turn = 0; turn < 200; turn++) {
      after.tell(turn % 2 === 0);
      await pass(5);
    }
    expect(done).toEqual([1, 2, 3]);
  });

  it('is done at once, with all before it, where it may not wait', async () => {
    const { after, note, done } = noted();
    after.tell(true);
    note(1);
    note(2);
    note(3, false);
    expect(done).toEqual([1, 2, 3]);
    note(4);
    after.tell(false);
    await pass(10);
    expect(done).toEqual([1, 2, 3, 4]);
  });

  it('is forgotten with the reign', async () => {
    const { after, note, done } = noted();
    after.tell(true);
    note(1);
    after.clear();
    await pass(2000);
    note(2);
    expect(done).toEqual([2]);
  });
});
