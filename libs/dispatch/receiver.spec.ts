import { jest } from '@jest/globals';
import { Receiver } from './receiver.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('an agent', () => {
  it('is not connected before it was heard', () => {
    expect(new Receiver('web1').isConnected).toBe(false);
  });

  it.each([
    ['is connected for three seconds where it promises nothing', {}, 3000],
    ['is connected until a second after two hellos that it has promised', { againMs: 5000 }, 11_000],
  ])('%s', (_, hello, ms) => {
    const receiver = new Receiver('web1');
    receiver.heard(hello);
    jest.advanceTimersByTime(ms - 1);
    expect(receiver.isConnected).toBe(true);
    jest.advanceTimersByTime(1);
    expect(receiver.isConnected).toBe(false);
  });
});
