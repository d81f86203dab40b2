import { jest } from '@jest/globals';
import { afterRush } from './after-rush.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** What was done, in its order. */
function noted() {
  const done: number[] = [];
  const after = afterRush();
  return { after, done, note: (number: number) => after.do(() => done.push(number)) };
}

describe('what follows from commits', () => {
  it('is done at once where there is no rush', () => {
    const { note, done } = noted();
    note(1);
    expect(done).toEqual([1]);
  });

  it('waits in a rush, and is done in its order with what comes after it', () => {
    const { after, note, done } = noted();
    after.tell(true);
    note(1);
    note(2);
    jest.advanceTimersByTime(999);
    after.tell(true);
    expect(done).toEqual([]);
    after.tell(false);
    expect(done).toEqual([]);
    note(3);
    expect(done).toEqual([1, 2, 3]);
    jest.runAllTimers();
    expect(done).toEqual([1, 2, 3]);
  });

  it('is done soon after a rush where nothing more comes', () => {
    const { after, note, done } = noted();
    after.tell(true);
    note(1);
    after.tell(false);
    jest.advanceTimersByTime(20);
    expect(done).toEqual([1]);
  });

  it('does not wait longer than a second, nor again before the rush is over', () => {
    const { after, note, done } = noted();
    after.tell(true);
    note(1);
    jest.advanceTimersByTime(1000);
    expect(done).toEqual([1]);
    note(2);
    after.tell(true);
    note(3);
    expect(done).toEqual([1, 2, 3]);
    after.tell(false);
    after.tell(true);
    note(4);
    expect(done).toEqual([1, 2, 3]);
    jest.advanceTimersByTime(1000);
    expect(done).toEqual([1, 2, 3, 4]);
  });

  it('is forgotten with the reign', () => {
    const { after, note, done } = noted();
    after.tell(true);
    note(1);
    after.clear();
    jest.runAllTimers();
    note(2);
    expect(done).toEqual([2]);
  });
});
