import fc from 'fast-check';

import type { Json } from '#domain';

import { accepts } from './matches.js';
import { parsePlanType, parseType } from './parse-type.js';
import { printType } from './print-type.js';
import { InvalidType, PLAIN_TYPES } from './puppet-type.js';
import type { Bounds, PuppetType } from './puppet-type.js';

const bounds = (value: fc.Arbitrary<number>): fc.Arbitrary<Bounds> =>
  fc
    .tuple(fc.option(value), fc.option(value))
    .map(([a, b]) => (a !== null && b !== null ? { min: Math.min(a, b), max: Math.max(a, b) } : { min: a, max: b }));
const size = bounds(fc.nat(100));

const { type } = fc.letrec<{ type: PuppetType }>((tie) => {
  const of = tie('type');
  const several = fc.array(of, { minLength: 1, maxLength: 3 });
  return {
    type: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.record({ kind: fc.constantFrom(...PLAIN_TYPES) }),
      fc.tuple(fc.constantFrom('String' as const, 'Collection' as const), size).map(([kind, b]) => ({ kind, ...b })),
      bounds(fc.integer()).map((b) => ({ kind: 'Integer' as const, ...b })),
      bounds(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)).map((b) => ({
        kind: 'Float' as const,
        ...b,
      })),
      fc.record({ kind: fc.constant('Enum' as const), values: fc.array(fc.string(), { minLength: 1 }) }),
      fc.record({
        kind: fc.constant('Pattern' as const),
        patterns: fc.array(fc.constantFrom('\\A[a-z]+\\Z', '^a/b$', '\\d{2}', 'x|y', '\\\\/'), { minLength: 1 }),
      }),
      fc.tuple(of, size).map(([each, b]) => ({ kind: 'Array' as const, of: each, ...b })),
      fc.tuple(of, of, size).map(([key, value, b]) => ({ kind: 'Hash' as const, key, value, ...b })),
      fc.tuple(several, size).map(([each, b]) => ({ kind: 'Tuple' as const, of: each, ...b })),
      fc
        .uniqueArray(fc.record({ name: fc.string(), optional: fc.boolean(), type: of }), {
          selector: (f) => f.name,
          maxLength: 3,
        })
        .map((fields) => ({ kind: 'Struct' as const, fields })),
      several.map((each) => ({ kind: 'Variant' as const, of: each })),
      fc
        .tuple(fc.constantFrom('Optional' as const, 'NotUndef' as const, 'Sensitive' as const), of)
        .map(([kind, each]) => ({ kind, of: each })),
    ),
  };
});

/** Text that comes near a type more often than chance would. */
const almostType = fc
  .array(
    fc.constantFrom(
      ...PLAIN_TYPES,
      'Array',
      'Hash',
      'Struct',
      '[',
      ']',
      '{',
      '}',
      ',',
      ' ',
      '=>',
      "'",
      '"',
      '/',
      '\\',
      '1',
      '-',
      'default',
    ),
  )
  .map((parts) => parts.join(''));

describe('a Puppet data type', () => {
  it('is read back from its printed form as the same type', () => {
    fc.assert(fc.property(type, (each) => expect(parseType(printType(each))).toEqual(each)));
  });

  it('is either read or refused as an invalid type, whatever the text is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), almostType), (text) => {
        try {
          parseType(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidType);
        }
      }),
    );
  });

  it.each([
    '',
    'String[',
    'Strng',
    'String[-1]',
    'Integer[2, 1]',
    'Enum',
    'Hash[String]',
    'Pattern[/(/]',
    'Pattern[/(?=a)/]',
    'Any[1]',
  ])('is not %j', (text) => expect(() => parseType(text)).toThrow(InvalidType));

  it('that is nested a hundred thousand levels deep is refused', () => {
    for (const part of ['Array[', 'Struct[{', '{', "Struct[{'a' => "]) {
      expect(() => parseType(`Array[${part.repeat(100_000)}`)).toThrow(InvalidType);
    }
  });

  it('of values that only plans have is read for plans only, and no JSON value is of it', () => {
    for (const text of ['Target', 'Optional[Error]', "Struct[{'a' => Array[ResultSet]}]", "Error['a/b']"]) {
      expect(() => parseType(text)).toThrow('in plans only');
      expect(printType(parsePlanType(text))).toBe(text);
    }
    expect(accepts(parsePlanType('Target'), 'a')).toBe(false);
  });

  it('decides about any JSON value without an error', () => {
    fc.assert(
      fc.property(type, fc.jsonValue(), (each, value) => expect(typeof accepts(each, value as Json)).toBe('boolean')),
    );
  });

  it('Optional accepts exactly what its type accepts, and nothing', () => {
    fc.assert(
      fc.property(type, fc.jsonValue(), (of, value) => {
        expect(accepts({ kind: 'Optional', of }, value as Json)).toBe(value === null || accepts(of, value as Json));
      }),
    );
  });

  it.each<[string, Json, boolean]>([
    ['String[1]', '', false],
    ['String[1, 2]', '😀😀', true],
    ['Integer[1, 255]', 256, false],
    ['Integer', 1.5, false],
    ['Integer', '1', false],
    ['Float', 1, true],
    ['Numeric', 1.5, true],
    ['Boolean', 'true', false],
    ['Enum[\'a\', "b"]', 'b', true],
    ["Enum['a']", 'b', false],
    ['Pattern[/\\A[a-z]+\\Z/]', 'abc\n', true],
    ['Pattern[/\\A[a-z]+\\z/]', 'abc\n', false],
    ['Pattern[/^b$/]', 'a\nb\nc', true],
    ['Pattern[/a\\/b/]', 'a/b', true],
    ['Array[Integer, 1, 2]', [], false],
    ['Array[Integer, 1, 2]', [1, 2], true],
    ['Array[Integer]', [1, 'a'], false],
    ['Array', {}, false],
    ['Hash[String, Integer]', { a: 1 }, true],
    ['Hash[String, Integer]', { a: 'b' }, false],
    ["Struct[{'a' => Integer, Optional['b'] => String}]", { a: 1 }, true],
    ["Struct[{'a' => Integer}]", { a: 1, c: 1 }, false],
    ["Struct[{'a' => Optional[Integer]}]", {}, true],
    ["Struct[{NotUndef['a'] => Any}]", {}, false],
    ['Tuple[String, Integer]', ['a', 1], true],
    ['Tuple[String, Integer]', ['a'], false],
    ['Tuple[String, 1, 3]', ['a', 'b', 'c'], true],
    ['Variant[String, Integer]', true, false],
    ['Sensitive[String[8]]', 'short', false],
    ['NotUndef', null, false],
    ['Scalar', [], false],
    ['Collection[1]', {}, false],
    ['TargetSpec', ['a', ['b']], true],
    ['TargetSpec', ['a', ['']], false],
  ])('%s of %j is %s', (text, value, expected) => {
    expect(accepts(parseType(text), value)).toBe(expected);
  });
});
