import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedSettings } from './embedded-settings.js';

describe('the settings of an embedded nats-server', () => {
  let dir: string;
  let path: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'daybook-embedded-'));
    path = join(dir, 'embedded.json');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('are made once and found again', async () => {
    const made = await embeddedSettings(dir);
    expect(await embeddedSettings(dir)).toEqual(made);
  });

  it.each([
    ['', 'is not JSON'],
    ['{"port":20000,"passwords":{"daybook":"hunter2"', 'is not JSON'],
    ['null', 'has no port, or not both passwords'],
    ['{"port":20000}', 'has no port, or not both passwords'],
    ['{"port":20000,"passwords":{"daybook":"hunter2"}}', 'has no port, or not both passwords'],
    ['{"port":"a","passwords":{"daybook":"hunter2","agent":"b"}}', 'has no port, or not both passwords'],
  ])('are refused with the name of their file, but without what it holds: %s', async (text, problem) => {
    writeFileSync(path, text);
    const error = await embeddedSettings(dir).catch((each: unknown) => each as Error);
    expect((error as Error).message).toMatch(
      `${path} ${problem}, expected port and passwords of the embedded nats-server; put it back, or remove it`,
    );
    expect((error as Error).message).not.toContain('hunter2');
  });

  it('are refused when their file is a folder', async () => {
    mkdirSync(path);
    await expect(embeddedSettings(dir)).rejects.toThrow(`${path} cannot be read (EISDIR)`);
  });
});
