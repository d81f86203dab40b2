import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
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

  it.each(['{}', '{"number":1}', 'null', '[]', JSON.stringify({ ...position(1), hash: 7 })])(
    'is refused when it is %s',
    (text) => {
      const path = newPath();
      writeFileSync(path, text);
      expect(() => HighWaterMark.open(path)).toThrow(
        `${path} is '${text}', expected number, sequence and hash of the furthest place seen in the log; put it back, or remove it`,
      );
    },
  );

  it('is a position or refused with the name of its file, whatever that holds', () => {
    const path = newPath();
    const nearly = fc.record(
      {
        number: fc.oneof(fc.nat(), fc.jsonValue()),
        sequence: fc.nat(),
        hash: fc.oneof(fc.constant('a'.repeat(64)), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(nearly, fc.jsonValue()), (json) => {
        writeFileSync(path, JSON.stringify(json));
        try {
          const { number, sequence, hash } = HighWaterMark.open(path).found;
          expect([number >= 0, sequence >= 0, hash]).toEqual([true, true, expect.stringMatching(/^[0-9a-f]{64}$/)]);
        } catch (error) {
          expect((error as Error).message).toContain(`${path} is '`);
        }
      }),
    );
  });
});
