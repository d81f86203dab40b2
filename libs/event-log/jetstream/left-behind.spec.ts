import { LOG_START, LogWentBackwards } from '../port.js';
import { unlessLeftBehind } from './left-behind.js';

/** Answers only the second time. */
function answersLate(first: Error) {
  let asked = 0;
  return () => (++asked === 1 ? Promise.reject(first) : Promise.resolve('there'));
}

const backwards = new LogWentBackwards(LOG_START, 'the log now ends at sequence 1');

describe('a log that seems to have gone backwards', () => {
  it('is asked again where a copy that was left behind may have answered', async () => {
    expect(await unlessLeftBehind(3, answersLate(backwards))).toBe('there');
  });

  it('is believed at once where there is only one copy', async () => {
    await expect(unlessLeftBehind(1, answersLate(backwards))).rejects.toBe(backwards);
  });

  it('is asked again after what somebody else takes for that', async () => {
    const short = new Error('it ends before');
    expect(await unlessLeftBehind(3, answersLate(short), (error) => error === short)).toBe('there');
  });

  it('is not asked again after other trouble', async () => {
    const trouble = new Error('timeout');
    await expect(unlessLeftBehind(3, answersLate(trouble))).rejects.toBe(trouble);
  });
});
