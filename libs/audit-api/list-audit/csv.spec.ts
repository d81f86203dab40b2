import fc from 'fast-check';
import { parseCsv } from '../../../test/audit/csv.js';
import { csvLine } from './csv.js';

const texts = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', '@', '-', '+', '\t', 'ß') });

describe('a line of CSV', () => {
  it('is read again as it was, but for an apostrophe before what a spreadsheet would compute', () => {
    fc.assert(
      fc.property(fc.array(fc.array(texts, { minLength: 1 }), { minLength: 1 }), (rows) => {
        const read = parseCsv(rows.map(csvLine).join(''));
        const guarded = (text: string) => (/^[=+@\-\t\r]/.test(text) ? `'${text}` : text);
        expect(read).toEqual(rows.map((row) => row.map(guarded)));
      }),
    );
  });

  it('has numbers as they are, and nothing for null', () => {
    expect(csvLine([-7, null, '=1+1', '{"a":1}'])).toBe('-7,,\'=1+1,"{""a"":1}"\r\n');
  });
});
