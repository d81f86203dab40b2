import fc from 'fast-check';

import { Refusal } from '../invalid-plan.js';
import { linesOf } from './lines.js';
import { entryOf } from './node.js';
import type { YamlNode } from './node.js';
import { readYaml } from './read-yaml.js';

const valueOf = (text: string): YamlNode => {
  const node = readYaml(text);
  const entry = node.is === 'map' ? entryOf(node, 'k') : null;
  if (entry === null) throw new Error(`${text} has no key k`);
  return entry.value;
};

describe('the YAML of a plan', () => {
  it.each([
    ['k: a b', 'plain', 'a b'],
    ["k: 'a'", 'single', 'a'],
    ['k: "a"', 'double', 'a'],
    ['k: |\n  a\n  b', 'literal', 'a\nb\n'],
    ['k: >\n  a\n  b', 'folded', 'a b\n'],
    ['k: 7', 'plain', 7],
    ['k: 0x1F', 'plain', 31],
    ['k: on', 'plain', 'on'],
    ['k:', 'plain', null],
    ['{k: }', 'plain', null],
    ['k: 2026-01-01', 'plain', '2026-01-01'],
  ])('%j tells how its text is written', (text, style, value) => {
    expect(valueOf(text)).toMatchObject({ is: 'scalar', style, value });
  });

  it.each([
    ['k: $a + $b'],
    ['k: $a +  \n\n\n    $b -\n  $c\n'],
    ['k: [$a\r\n  $b, $c\n]'],
    ['k: "a$b"'],
    ['# c\nk:   "\\t\\x41\\u0041\\U0001F600$b"'],
    ['k: |\n    $a\n      $b\n\n    $c'],
    ['k: |2-\n     $a\n  $b'],
    ['l: 1\nk: |\r\n  $a\r\n  $b\r\n'],
    ['- k: |\n    $a'],
  ])('%j tells where in the file each $ of its text stands', (file) => {
    const node = readYaml(file);
    const map = node.is === 'list' ? node.items[0] : node;
    const value = map?.is === 'map' ? entryOf(map, 'k')?.value : undefined;
    const scalars = value?.is === 'list' ? value.items : [value];
    const places = scalars.flatMap((scalar) => {
      if (scalar?.is !== 'scalar') throw new Error('there is no text');
      const { text, toFile } = scalar.text;
      return Array.from(text.matchAll(/\$/g), ({ index }) => toFile(index));
    });
    expect(places).toEqual(Array.from(file.matchAll(/\$/g), ({ index }) => index));
  });

  it('is read or refused, whatever it is', () => {
    const part = fc.constantFrom(
      ...[
        'a',
        ': ',
        ':',
        '- ',
        '? ',
        '\n',
        '  ',
        '\t',
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        "'",
        '|',
        '>',
        '&a ',
        '*a',
        '!b ',
      ],
      ...['#', '%', '---\n', '...', '\\', '<<', '~', '1', '$', '\r\n', '@', '`', '|2\n', '\uFEFF', '😀'],
    );
    const text = fc.oneof(
      fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (each) => {
        try {
          readYaml(each);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a place in a text', () => {
  it('is the line and the column of its offset', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', 'bc')), fc.nat(20), (parts, offset) => {
        const text = parts.join('');
        const before = text.slice(0, offset).split('\n');
        const at = Math.min(offset, text.length);
        expect(linesOf(text)(at)).toEqual({ line: before.length, column: before.at(-1)!.length + 1 });
      }),
    );
  });
});
