import fc from 'fast-check';
import type { Json, JsonObject } from '#domain';

const STRANGE_NUMBERS = [-1, 0, -0.5, 1e300, -1e300, 2 ** 53, Number.MIN_VALUE, 999_999_999_999_999];

const STRANGE_TEXTS = [
  '',
  ' ',
  '\0',
  '..',
  '../../etc/passwd',
  '%00',
  '\u202e',
  '💥',
  'null',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  'x'.repeat(300),
  'x'.repeat(11_000),
  '1e9',
  '0x10',
  '-1',
  '9'.repeat(30),
];

/** Texts that hardly any place takes. */
export const strangeTexts = fc.oneof(fc.constantFrom(...STRANGE_TEXTS), fc.string({ unit: 'binary', maxLength: 40 }));

/** Values that hardly any place takes. */
export const strangeValues = fc.oneof(
  fc.constantFrom<Json>(...STRANGE_NUMBERS, ...STRANGE_TEXTS, null, true, '\ud800'),
  fc.string({ unit: 'binary' }),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

/** An object with one of its parts, at any depth, gone, replaced, or new. */
export function spoilt(value: Json): fc.Arbitrary<Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return strangeValues;
  const whole = value as JsonObject;
  const inKey = Object.keys(whole).map((key) =>
    fc.oneof(
      spoilt(whole[key]!).map((part) => ({ ...whole, [key]: part })),
      fc.constant(Object.fromEntries(Object.entries(whole).filter(([other]) => other !== key))),
    ),
  );
  const withMore = fc.tuple(fc.string(), strangeValues).map(([key, part]) => ({ ...whole, [key]: part }));
  return fc.oneof(...inKey, withMore);
}

/** What is no JSON object. */
export const noObjects = fc.oneof(
  fc.constantFrom('', '{', '[]', 'null', '7', '"a"', '{"a":}', '{"__proto__":{}}', '\ufeff{}', `${'['.repeat(5000)}`),
  fc.string({ unit: 'binary' }),
);
