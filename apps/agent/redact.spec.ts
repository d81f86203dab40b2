import fc from 'fast-check';

import type { JsonObject } from '#domain';

import { redact as redactWith, redactor } from './redact.js';
import { secretTexts } from './task-input.js';

const redact = (result: JsonObject, secrets: readonly string[]) => redactWith(result, redactor(secrets));

/** Texts that cannot come about from the replacement itself. */
const secret = fc.string({ unit: fc.constantFrom('A', 'B', '"', '\\', '\n', 'é', '😀', '.', '*', '('), minLength: 3 });

describe('a redacted result', () => {
  it('holds no secret, in whatever text or key it stood, as it was or as JSON writes it', () => {
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.string(),
        fc.string(),
        (secrets, before, after) => {
          const all = secrets.flatMap((each) => [before + each + after, JSON.stringify({ each })]);
          const shown = redact({ all, [secrets[0]!]: { deep: [all.join('')] } }, secrets);
          const longest = [...secrets].sort((a, b) => b.length - a.length)[0]!;
          const texts = [...(shown['all'] as string[]), ...Object.keys(shown)];
          for (const text of texts) expect(text).not.toContain(longest);
        },
      ),
    );
  });

  it('is the result itself where there are no secrets', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => key !== '_sensitive'),
          fc.jsonValue(),
        ),
        (result) => {
          expect(redact(result as JsonObject, [])).toEqual(result);
        },
      ),
    );
  });

  it('hides what the task calls sensitive, and numbers that are secret', () => {
    expect(redact({ _sensitive: { key: 'k' }, pin: 4711, other: 14711, text: 'pin 4711' }, ['4711'])).toEqual({
      _sensitive: '[redacted]',
      pin: '[redacted]',
      other: 14711,
      text: 'pin [redacted]',
    });
  });

  it('hides every text and number within a structured secret', () => {
    expect([...secretTexts({ a: { user: 'root', pins: [1234, null, true, ''] } })].sort()).toEqual(['1234', 'root']);
  });

  it('hides all of a secret that holds another one', () => {
    expect(redact({ a: 'abcde' }, ['bcd', 'abcde'])).toEqual({ a: '[redacted]' });
  });

  it('holds none of the lines of a secret that are long enough to tell something', () => {
    const key = '-----BEGIN KEY-----\r\nMIIEow\n}\n-----END KEY-----';
    expect(redact({ a: 'key: MIIEow', b: 'indented:\n  -----BEGIN KEY-----', c: 'a } b' }, [key])).toEqual({
      a: 'key: [redacted]',
      b: 'indented:\n  [redacted]',
      c: 'a } b',
    });
  });

  it('holds no secret as base64 or URIs write it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 3 }), (chosen) => {
        const bytes = Buffer.from(chosen);
        const uri = encodeURIComponent(chosen);
        const written = [
          ...[bytes, Buffer.concat([bytes, Buffer.from('\n')])].flatMap((each) => [
            each.toString('base64').replace(/=+$/, ''),
            each.toString('base64url'),
          ]),
          uri,
          uri.replaceAll('%20', '+'),
        ];
        for (const text of written) expect(redact({ a: `is ${text}` }, [chosen])['a']).toBe('is [redacted]');
      }),
    );
  });

  it('holds a very short secret only within other text', () => {
    expect(redact({ a: 'no', b: 'no\n', c: 'nothing', d: 7, e: 17, f: [7] }, ['no', '7'])).toEqual({
      a: '[redacted]',
      b: '[redacted]',
      c: 'nothing',
      d: '[redacted]',
      e: 17,
      f: ['[redacted]'],
    });
  });
});

describe('a beginning that is cut', () => {
  it('holds no part of a secret that goes on after it', () => {
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1 }),
        fc.array(fc.constantFrom('-', '='), { maxLength: 9 }),
        fc.nat(40),
        (secrets, between, length) => {
          const text = between.map((each, index) => each + secrets[index % secrets.length]!).join('');
          const shown = redactor(secrets).hideBeginning(text, length);
          expect(shown.replaceAll('[redacted]', '')).toMatch(/^[-=]*$/);
          expect(shown.startsWith(redactor(secrets).hide(text).slice(0, shown.length))).toBe(true);
        },
      ),
    );
  });

  it('is as long as it may be where no secret stands at its end', () => {
    expect(redactor(['secret']).hideBeginning('a secret and more', 12)).toBe('a [redacted] and');
  });
});
