import fc from 'fast-check';

import type { JsonObject } from '#domain';

import { cutResult, cutText, encodedSize } from './cut.js';

/** Any code unit, lone surrogates included. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat(0xffff), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: fc.constantFrom('\0', '"', '\\', '\n', 'é', '€', '😀', '\x7f', '\u2028') }),
);

describe('a text that is cut', () => {
  it('is the longest beginning that fits and ends with a whole character', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (whole, limit) => {
        const cut = cutText(whole, limit);
        expect(whole.startsWith(cut)).toBe(true);
        expect(encodedSize(cut)).toBeLessThanOrEqual(limit);
        const next = Array.from(whole.slice(cut.length))[0];
        if (next !== undefined) expect(encodedSize(cut + next)).toBeGreaterThan(limit);
        expect(Array.from(whole).slice(0, Array.from(cut).length).join('')).toBe(cut);
      }),
    );
  });
});

describe('a result that is cut', () => {
  it('fits, whatever it is', () => {
    const result = fc.record(
      {
        _output: fc.oneof(text, fc.jsonValue()),
        _error: fc.record({ kind: text, msg: text, details: fc.jsonValue() }),
        more: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(result, fc.integer({ min: 200, max: 400 }), (whole, limit) => {
        const written = JSON.parse(JSON.stringify(whole)) as JsonObject;
        expect(encodedSize(cutResult(written, limit))).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('is the result itself where that fits', () => {
    expect(cutResult({ a: 1 }, 7)).toEqual({ a: 1 });
  });

  it('keeps everything beside a large output', () => {
    expect(cutResult({ _output: 'x'.repeat(200), code: 3 }, 100)).toEqual({ code: 3, _output: 'x'.repeat(77) });
  });

  it('of a large object keeps the error and the beginning of its text', () => {
    const error = { kind: 'a/b', msg: 'm', details: {} };
    const cut = cutResult({ list: Array.from({ length: 1000 }, (_, i) => i), _error: error }, 300);
    expect(cut).toEqual({ _error: error, _output: expect.stringMatching(/^\{"list":\[0,1,2,/) as string });
  });
});
