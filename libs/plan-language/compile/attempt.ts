import { hashOf } from '../values/hash.js';
import { Mistake } from '../values/mistake.js';
import { planError } from '../values/plan-error.js';
import type { Spot } from './code.js';

/** Says of a mistake where it was made. @throws PlanError instead of a Mistake */
export function attempt<T>(spot: Spot, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    throw located(spot, error);
  }
}

/** An error that may be a Mistake, or one of too long a text or array, which then becomes an error of the plan. */
export function located(spot: Spot, error: unknown): unknown {
  if (!(error instanceof Mistake || error instanceof RangeError)) return error;
  const { file, line, column, callee } = spot;
  const reason = callee === null ? error.message : `${callee}: ${error.message}`;
  return planError(
    'bolt/evaluation-error',
    `${file}:${line}:${column}: ${reason}`,
    hashOf([
      ['file', file],
      ['line', line],
      ['column', column],
    ]),
  );
}
