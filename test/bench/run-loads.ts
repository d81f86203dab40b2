import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Figures } from './bench.js';
import type { LoadEntry } from './loads.js';
import { median } from './statistics.js';

export interface RunOptions {
  readonly natsServer: string;
  /** Folder for all data. */
  readonly folder: string;
  readonly scale: number;
  readonly repeats: number;
  readonly say: (line: string) => void;
  /** The longest that a load may take, with what it repeats in the same server. */
  readonly runLimitMs: number;
  /** Aborts when the bench is to end, whatever is measured by then. */
  readonly signal: AbortSignal;
}

/** What came of one load. */
export type Outcome =
  | { readonly entry: LoadEntry; readonly figures: Figures; readonly runs: readonly Figures[] }
  | { readonly entry: LoadEntry; readonly failure: Error }
  | { readonly entry: LoadEntry; readonly missing: string };

/** Runs loads one after the other; one that fails does not keep the others from running. */
export async function runLoads(entries: readonly LoadEntry[], options: RunOptions): Promise<Outcome[]> {
  const shared = new Map<string, Promise<unknown>>();
  const outcomes: Outcome[] = [];
  for (const entry of entries) {
    const missing = entry.missing?.() ?? null;
    if (missing !== null) {
      outcomes.push({ entry, missing });
      continue;
    }
    try {
      const runs: Figures[] = [];
      const repeats = entry.runs === 'once' ? 1 : options.repeats;
      while (runs.length < repeats) runs.push(...(await runOnce(entry, { ...options, repeats }, shared)));
      outcomes.push({ entry, figures: medians(runs), runs });
    } catch (error) {
      outcomes.push({ entry, failure: error as Error });
      options.say(`${entry.name} failed: ${(error as Error).message}`);
    }
  }
  return outcomes;
}

async function runOnce(
  entry: LoadEntry,
  options: RunOptions,
  shared: Map<string, Promise<unknown>>,
): Promise<readonly Figures[]> {
  options.signal.throwIfAborted();
  const undo = new AsyncDisposableStack();
  const limit = AbortSignal.any([options.signal, AbortSignal.timeout(options.runLimitMs)]);
  const given = Promise.withResolvers<never>();
  limit.addEventListener('abort', () => given.reject(limit.reason as Error));
  const work = entry.load(benchOf(options, undo, shared));
  work.catch(() => undefined);
  try {
    const runs = [await Promise.race([work, given.promise])].flat();
    for (const figures of runs) {
      for (const key of Object.keys(entry.figures)) {
        if (!Number.isFinite(figures[key])) throw new Error(`${key} is ${String(figures[key])}, expected a figure`);
      }
      options.say(`${entry.name}: ${JSON.stringify(figures)}`);
    }
    return runs;
  } finally {
    await undo.disposeAsync();
  }
}

function benchOf(options: RunOptions, undo: AsyncDisposableStack, shared: Map<string, Promise<unknown>>): Bench {
  const { natsServer, folder, scale, repeats, say } = options;
  return {
    natsServer,
    repeats,
    undo,
    say,
    count: (full) => Math.max(1, Math.round(full * scale)),
    spanMs: (full) => Math.max(1000, full * scale),
    newFolder: () => mkdtempSync(join(folder, 'load-')),
    shared<T>(name: string, make: () => Promise<T>) {
      const made = shared.get(name) ?? make();
      shared.set(name, made);
      return made as Promise<T>;
    },
  };
}

function medians(runs: readonly Figures[]): Figures {
  const keys = Object.keys(runs[0]!);
  return Object.fromEntries(keys.map((key) => [key, rounded(median(runs.map((figures) => figures[key]!)))]));
}

const rounded = (figure: number) => Math.round(figure * 1000) / 1000;
