import { spawnSync } from 'node:child_process';
import fc from 'fast-check';

import { quote } from './quote.js';

const text = fc.string({ unit: 'binary' }).map((each) => each.toWellFormed().replaceAll('\0', ''));

describe('a quoted word', () => {
  it('comes out of a shell as it went in', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (words) => {
        const { stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${words.map(quote).join(' ')}`]);
        expect(stdout.toString()).toBe(words.map((word) => `${word}\0`).join(''));
      }),
      { numRuns: 50 },
    );
  });
});
