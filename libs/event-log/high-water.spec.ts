import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HighWaterMark } from './high-water.js';
import { LOG_START } from './port.js';

const position = (number: number) => ({ number, sequence: number, hash: 'a'.repeat(64) });

describe('the high-water mark', () => {
  const newPath = () => join(mkdtempSync(join(tmpdir(), 'daybook-mark-')), 'mark.json');

  it('is the start of the log at first', () => {
    expect(HighWaterMark.open(newPath()).found).toEqual(LOG_START);
  });

  it('keeps the furthest place that it was told of', async () => {
    const path = newPath();
    const mark = HighWaterMark.open(path);
    mark.note(position(5));
    mark.note(position(3));
    await mark.flush();
    expect(HighWaterMark.open(path).found).toEqual(position(5));
  });

  it('is not taken for the start when it cannot be read', () => {
    const path = newPath();
    writeFileSync(path, '{');
    expect(() => HighWaterMark.open(path)).toThrow(`${path} cannot be read`);
  });
});
