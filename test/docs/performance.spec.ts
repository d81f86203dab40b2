import { LOADS } from '../bench/loads.js';
import type { Bar } from '../bench/loads.js';
import { codeIn, firstTable, read, section } from './markdown.js';

const text = read('docs/performance.md');

const rows = ['Firing', 'Jobs and plans', 'Requests', 'Events and the log', 'A million'].flatMap((heading) =>
  firstTable(section(text, heading)).map(([figure, measured, bar]) => ({ key: codeIn(figure!), measured, bar })),
);

/** As the page has it; null: it rests on another figure. */
function barText(bar: Bar | null): string | null {
  if (bar === null) return '';
  if ('atLeast' in bar) return `>= ${bar.atLeast}`;
  return typeof bar.atMost === 'number' ? `<= ${bar.atMost}` : null;
}

describe('docs/performance.md', () => {
  const figures = LOADS.flatMap((load) => Object.entries(load.figures));

  it('has each figure of the bench once, and no other', () => {
    expect(rows.map(({ key }) => key).sort()).toEqual(figures.map(([key]) => key).sort());
  });

  it('gives the bars of the bench', () => {
    const bars = new Map(rows.map(({ key, bar }) => [key, bar]));
    const fixed = figures.filter(([, bar]) => barText(bar) !== null);
    expect(fixed.map(([key]) => [key, bars.get(key)])).toEqual(fixed.map(([key, bar]) => [key, barText(bar)]));
  });

  it('has a number for each', () => {
    expect(rows.filter(({ measured }) => !/^[\d,.]+$/.test(measured!))).toEqual([]);
  });
});
