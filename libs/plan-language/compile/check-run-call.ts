import type { Item } from '../grammar/syntax.js';
import { OPTIONS, optionProblem } from '../run/run-options.js';
import type { RunningFunctionName } from '../run/run-options.js';
import { refuse } from './context.js';
import type { Context } from './context.js';

/**
 * Looks at what is plain to see of a call that runs something: options, and of `run_plan` the plan's name and
 * parameters, which it notes.
 */
export function checkRunCall(name: string, args: readonly Item[], at: number, context: Context): void {
  if (!isRunning(name)) return;
  const pairs = literalPairs(args);
  for (const { key, at: keyAt } of pairs ?? []) {
    const problem = optionProblem(name, key);
    if (problem !== null) throw refuse(context, problem.reason, keyAt, problem.kind);
  }
  if (name !== 'run_plan') return;
  const [plan, second] = args;
  const written = plan?.is === 'literal' || plan?.is === 'text' ? textOf(plan) : null;
  if (written === null) {
    throw refuse(context, "the name of run_plan's plan is computed, expected it as a plain string", plan?.at ?? at);
  }
  context.plan.subPlanCalls.push({
    name: written,
    given: pairs === null ? null : pairs.map(({ key }) => key).filter((key) => !key.startsWith('_')),
    hasTargets:
      second !== undefined && second.is !== 'pair' && second.is !== 'hash' && (args.length > 2 || pairs !== null),
    ...context.plan.locate(context.toFile(at)),
  });
}

const isRunning = (name: string): name is RunningFunctionName => Object.hasOwn(OPTIONS, name);

/** Keys of the hash that is given last; null: only known when it is evaluated. */
function literalPairs(args: readonly Item[]): readonly { readonly key: string; readonly at: number }[] | null {
  const pairs = args.flatMap((each) => (each.is === 'pair' ? [each] : each.is === 'hash' ? each.entries : []));
  const keys = pairs.map(({ key, at }) => ({
    key: key.is === 'literal' || key.is === 'text' ? textOf(key) : null,
    at,
  }));
  const isKnown = args.slice(1).every((each) => ['pair', 'hash', 'literal', 'text', 'array'].includes(each.is));
  const known = keys.flatMap(({ key, at }) => (key === null ? [] : [{ key, at }]));
  return known.length === keys.length && (keys.length > 0 || isKnown) ? known : null;
}

function textOf(key: Extract<Item, { is: 'literal' | 'text' }>): string | null {
  if (key.is === 'literal') return String(key.value);
  const texts = key.parts.filter((each) => typeof each === 'string');
  return texts.length === key.parts.length ? texts.join('') : null;
}
