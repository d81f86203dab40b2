/** No run is due after this instant. */
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * When a schedule runs next, in whole seconds: as long as nothing comes between, such as a run that takes longer.
 * @param first null: it does not run any more
 * @param intervalS seconds from one run to the next; null: there is one run only
 */
export function nextRuns(first: string | null, intervalS: number | null, count: number): string[] {
  if (first === null) return [];
  const runs = Array.from(
    { length: intervalS === null ? 1 : count },
    (_, i) => Date.parse(first) + i * (intervalS ?? 0) * 1000,
  );
  return runs.filter((ms) => ms <= LAST_MS).map((ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`);
}
