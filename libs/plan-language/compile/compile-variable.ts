import { Mistake } from '../values/mistake.js';
import type { Code } from './code.js';
import { combine } from './combine.js';
import { refuse, spotOf } from './context.js';
import type { Context } from './context.js';
import { namesIn, slotOf } from './scope.js';

/** The value of a variable, or what group a pattern has found last. */
export function compileVariable(name: string, at: number, context: Context): Code {
  if (/^\d+$/.test(name)) {
    const group = Number(name);
    return { is: 'instant', size: 1, now: (frame) => frame.captures?.[group] ?? null };
  }
  const slot = slotOf(context.scope, name.replace(/^::/, ''));
  if (slot === null) throw refuse(context, unknown(name, context), at);
  return combine(spotOf(context, at), [], ({}, frame) => {
    const value = frame.slots[slot];
    if (value === undefined)
      throw new Mistake(`variable '$${name}' has no value here, expected one on every way to it`);
    return value;
  });
}

const MOST_NAMES = 10;

function unknown(name: string, { scope }: Context): string {
  const names = namesIn(scope).map((each) => `$${each}`);
  const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), '…'] : names;
  return `variable '$${name}' is not known here, expected ${shown.length === 0 ? 'none, as there are none' : `one of ${shown.join(', ')}`}`;
}
