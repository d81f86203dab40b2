/** The value that a share of the values does not exceed. @param share from 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}

/** The middle value; of two middle ones the lower. */
export const median = (values: readonly number[]) => quantile(values, 0.5);
