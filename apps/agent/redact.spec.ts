import fc from 'fast-check';

import type { JsonObject } from '#domain';

import { redact } from './redact.js';
import { secretTexts } from './task-input.js';

/** Texts that cannot come about from the replacement itself. */
const secret = fc.string({ unit: fc.constantFrom('A', 'B', '"', '\\', '\n', 'é', '😀', '.', '*', '('), minLength: 1 });

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
    expect(redact({ a: 'abcd' }, ['bc', 'abcd'])).toEqual({ a: '[redacted]' });
  });
});
