import fc from 'fast-check';
import { compactTextOf, isNull, isObject, membersOf, sourceOf, textOf } from './json-source.js';

const anyObject = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));
const spacing = fc.constantFrom(undefined, 1, '\t', '\r\n ');

describe('the source of a JSON text', () => {
  it('has the members of an object, in their order, each with its own text', () => {
    fc.assert(
      fc.property(anyObject, spacing, fc.constantFrom('', ' ', '\n\t'), (object, space, around) => {
        const source = sourceOf(around + JSON.stringify(object, null, space) + around);
        expect(isObject(source)).toBe(true);
        const found = membersOf(source).map(({ key, value }) => [key, JSON.parse(textOf(value)) as unknown]);
        expect(found).toEqual(JSON.parse(JSON.stringify(Object.entries(object))));
      }),
    );
  });

  it('has a key as often as it stands there', () => {
    const members = membersOf(sourceOf('{"a":1,"\\u0061":{"a":2},"a":[]}'));
    expect(members.map(({ key, value }) => [key, textOf(value)])).toEqual([
      ['a', '1'],
      ['a', '{"a":2}'],
      ['a', '[]'],
    ]);
  });

  it.each([
    ['{"n": 12345678901234567890.10 ,"x":1}', '12345678901234567890.10'],
    ['{"n":"\\\\\\"}{\\\\"}', '"\\\\\\"}{\\\\"'],
    ['{"n":[{"]":"["},{}]\n}', '[{"]":"["},{}]'],
    ['{"n":-0.0e+1}', '-0.0e+1'],
  ])('of %s keeps the value as it was written', (text, value) => {
    expect(textOf(membersOf(sourceOf(text))[0]!.value)).toBe(value);
  });

  it('is in one line where it is compact, and the same otherwise', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), spacing, (value, space) => {
        expect(compactTextOf(sourceOf(JSON.stringify(value, null, space)))).toBe(JSON.stringify(value));
      }),
    );
    const text = '{ "a b" :\r\n[ 1.10,\t"\\\\" , "\\" " ] }';
    expect(compactTextOf(sourceOf(text))).toBe('{"a b":[1.10,"\\\\","\\" "]}');
  });

  it('tells objects and null from all else', () => {
    expect(['null', '{}', '[]', '"null"', '0'].map((text) => isNull(sourceOf(text)))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(['null', '{}', '[]', '"{"', '0'].map((text) => isObject(sourceOf(text)))).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is read in time that grows with its length, however deep or quoted it is', () => {
    const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)},"b":"${'\\\\\\"'.repeat(200_000)}"}`;
    expect(membersOf(sourceOf(deep)).map(({ key }) => key)).toEqual(['a', 'b']);
  });
});
