import { InvalidArgumentError } from 'commander';

/** Reads an argument that is an integer. */
export const integerFrom =
  (least: number, greatest: number) =>
  (text: string): number => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (number >= least && number <= greatest) return number;
    throw new InvalidArgumentError(`expected an integer from ${least} to ${greatest}`);
  };

/** Reads the number of a job, plan job or schedule; it stays text. */
export function jobNumber(text: string): string {
  if (/^[1-9]\d{0,14}$/.test(text)) return text;
  throw new InvalidArgumentError('expected a number like 1');
}
