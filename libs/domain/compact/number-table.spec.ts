import fc from 'fast-check';
import { NumberTable } from './number-table.js';

/** Many that share their low bits, so that they meet at the same places; some beyond 32 bits. */
const id = fc.oneof(
  fc.integer({ min: 1, max: 50 }),
  fc.integer({ min: 1, max: 20 }).map((n) => n * 2 ** 16),
  fc.integer({ min: 1, max: 20 }).map((n) => n * 2 ** 40),
);

describe('a table of numbers', () => {
  it('holds what was set, whatever was removed before', () => {
    const value = fc.record({ wide: fc.double({ noNaN: true }), small: fc.integer() });
    const step = fc.record({ id, value: fc.option(value) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const table = new NumberTable(2, 2);
        const expected = new Map<number, { wide: number; small: number }>();
        for (const { id, value } of steps) {
          const row = table.find(id);
          expect(row >= 0).toBe(expected.has(id));
          if (value !== null) {
            const at = row < 0 ? table.add(id) : row;
            table.set(at, 1, value.wide);
            table.set(at, 3, value.small);
            expected.set(id, value);
          } else if (row >= 0) {
            table.remove(row);
            expected.delete(id);
          }
        }
        expect(table.size).toBe(expected.size);
        const valueAt = (row: number) => ({ wide: table.get(row, 1), small: table.get(row, 3) });
        const rows = Array.from(table.byId(), (row) => [table.get(row, 0), valueAt(row)]);
        expect(rows).toEqual([...expected].toSorted(([a], [b]) => a - b));
        for (const id of expected.keys()) expect(table.get(table.find(id), 0)).toBe(id);
      }),
    );
  });

  it('takes no more room for what comes after what was removed', () => {
    const table = new NumberTable(1);
    const rows = new Set<number>();
    for (let id = 1; id <= 10_000; id++) {
      rows.add(table.add(id));
      if (id > 100) table.remove(table.find(id - 100));
    }
    expect(rows.size).toBe(101);
  });
});
