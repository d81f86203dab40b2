import fc from 'fast-check';

import { ImpossibleChange, mergeOperations } from './changes.js';
import { insert, put, remove, update } from './operation.js';
import type { Operation } from './operation.js';

const name = 'a';
const row = (count: number) => ({ name, count });
const merged = (...operations: Operation[]) => [...(mergeOperations(operations).get('totals')?.values() ?? [])];

describe('merging the operations of a batch', () => {
  it('leaves one change for a row, whatever happens to it', () => {
    expect(merged(insert('totals', row(1)), update('totals', { name }, {}, { count: 2 }))).toEqual([
      { kind: 'insert', row: row(3) },
    ]);
    expect(merged(update('totals', { name }, { count: 5 }), update('totals', { name }, {}, { count: 2 }))).toEqual([
      { kind: 'update', key: { name }, set: { count: 7 }, add: {} },
    ]);
    expect(merged(update('totals', { name }, {}, { count: 2 }), update('totals', { name }, { count: 5 }))).toEqual([
      { kind: 'update', key: { name }, set: { count: 5 }, add: {} },
    ]);
    expect(merged(put('totals', row(1)), put('totals', row(2)))).toEqual([{ kind: 'put', row: row(2) }]);
    expect(merged(update('totals', { name }, { count: 1 }), remove('totals', { name }))).toEqual([
      { kind: 'remove', key: { name } },
    ]);
  });

  it('leaves nothing of a row that comes and goes', () => {
    expect(merged(insert('totals', row(1)), remove('totals', { name }))).toEqual([]);
    expect(merged(put('totals', row(1)), remove('totals', { name }))).toEqual([{ kind: 'clear', key: { name } }]);
    expect(merged(put('totals', row(1)), remove('totals', { name }), put('totals', row(2)))).toEqual([
      { kind: 'put', row: row(2) },
    ]);
  });

  it('adds up in one change what is added one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }), (amounts) => {
        const count = amounts.reduce((sum, amount) => sum + amount);
        expect(merged(...amounts.map((amount) => update('totals', { name }, {}, { count: amount })))).toEqual([
          { kind: 'update', key: { name }, set: {}, add: { count } },
        ]);
      }),
    );
  });

  it('keeps rows with keys of several columns apart', () => {
    const node = (job: number, nodeName: string) => update('job_nodes', { job, name: nodeName }, { state: 'running' });
    expect(mergeOperations([node(1, 'a'), node(1, 'b'), node(2, 'a'), node(1, 'a')]).get('job_nodes')?.size).toBe(3);
  });

  it('refuses what cannot be', () => {
    const impossible = [
      [insert('totals', row(1)), insert('totals', row(1))],
      [remove('totals', { name }), remove('totals', { name })],
      [remove('totals', { name }), update('totals', { name }, { count: 1 })],
      [update('totals', { name }, { count: 1 }), insert('totals', row(1))],
    ];
    for (const operations of impossible) expect(() => mergeOperations(operations)).toThrow(ImpossibleChange);
  });
});
