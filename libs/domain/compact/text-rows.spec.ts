import fc from 'fast-check';
import { TextRows } from './text-rows.js';

describe('rows of texts', () => {
  it('give back each text, and tell it from every other', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('a', 'é', '€', '𐍈') }),
      // What a text in UTF-8 reads as, byte by byte.
      fc.string({ unit: fc.constantFrom('é', '€') }).map((text) => Buffer.from(text).toString('latin1')),
      fc.constantFrom('', 'é', 'Ã©'),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), fc.nat(50), (texts, bytes) => {
        const rows = new TextRows(8, bytes);
        for (const text of texts) rows.add(text);
        expect(texts.map((_, row) => rows.get(row))).toEqual(texts);
        for (const [row, text] of texts.entries()) {
          expect(texts.map((other) => rows.isEqual(row, other))).toEqual(texts.map((other) => other === text));
        }
      }),
    );
  });
});
