import { Console } from 'node:console';
import type { Json, JsonObject } from '#domain';
import type { Figures } from './bench.js';
import type { Bar } from './loads.js';
import type { Outcome } from './run-loads.js';

/** All figures that were measured, by key. */
export const figuresOf = (outcomes: readonly Outcome[]): Figures =>
  Object.assign({}, ...outcomes.map((outcome) => ('figures' in outcome ? outcome.figures : {}))) as Figures;

/** The figures as the report has them: a key with dots is a path. */
export function nested(figures: Figures): JsonObject {
  const root: Record<string, Json> = {};
  for (const [key, figure] of Object.entries(figures)) {
    const path = key.split('.');
    const last = path.pop()!;
    const parent = path.reduce((at, name) => (at[name] ??= {}) as Record<string, Json>, root);
    parent[last] = figure;
  }
  return root;
}

/** Prints one row a figure, with its bar and what it was measured under. */
export function printTable(outcomes: readonly Outcome[]): void {
  const all = figuresOf(outcomes);
  const rows = outcomes.flatMap((outcome) =>
    Object.entries(outcome.entry.figures).map(([key, bar]) => [key, row(outcome, key, bar, all)] as const),
  );
  new Console(process.stdout).table(Object.fromEntries(rows));
}

function row(outcome: Outcome, key: string, bar: Bar | null, all: Figures) {
  const { unlike } = outcome.entry;
  if ('missing' in outcome) return { figure: 'not run', bar: '', met: '', runs: '', unlike: outcome.missing };
  if ('failure' in outcome) return { figure: 'failed', bar: '', met: '', runs: '', unlike };
  const figure = outcome.figures[key]!;
  const runs = outcome.runs.map((figures) => shown(figures[key]!)).join(' ');
  return { figure: shown(figure), ...judged(figure, bar, all), runs, unlike };
}

function judged(figure: number, bar: Bar | null, all: Figures) {
  if (bar === null) return { bar: '', met: '' };
  if ('atLeast' in bar) return { bar: `>= ${shown(bar.atLeast)}`, met: figure >= bar.atLeast ? 'yes' : 'no' };
  const most = typeof bar.atMost === 'number' ? bar.atMost : bar.atMost(all);
  return { bar: `<= ${shown(most)}`, met: figure <= most ? 'yes' : 'no' };
}

/** Three digits, or all of them before the point. */
const shown = (figure: number) =>
  Math.abs(figure) >= 100 ? String(Math.round(figure)) : String(Number(figure.toPrecision(3)));
