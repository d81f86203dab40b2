import { announceRush, followRush } from './rush.js';

/** Far longer than any test takes. */
const NEVER_MS = 2 ** 31 - 1;

describe('a rush', () => {
  const writer = announceRush();
  const reader = followRush();

  afterAll(() => {
    writer.close();
    reader.close();
  });

  /** Resolves when what was told before has arrived. */
  const arrived = async (isOn: boolean) => {
    const other = followRush();
    writer.tell(isOn);
    while ((await isWaiting(other)) !== isOn) await new Promise((resolve) => setImmediate(resolve));
    other.close();
  };

  const isWaiting = (followed: typeof reader) =>
    Promise.race([
      followed.isOver(NEVER_MS).then(() => false),
      new Promise<boolean>((resolve) => setImmediate(() => resolve(true))),
    ]);

  it('is waited for until it is over', async () => {
    await arrived(true);
    expect(await isWaiting(reader)).toBe(true);
    const over = reader.isOver(NEVER_MS);
    writer.tell(false);
    await over;
    expect(await isWaiting(reader)).toBe(false);
  });

  it('is waited for no longer than asked', async () => {
    await arrived(true);
    await reader.isOver(1);
    await reader.isOver(0);
    await arrived(false);
  });
});
