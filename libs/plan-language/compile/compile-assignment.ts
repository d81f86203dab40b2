import type { Syntax } from '../grammar/syntax.js';
import { describe } from '../values/describe.js';
import { valueAt } from '../values/hash.js';
import { Mistake } from '../values/mistake.js';
import { is, isList } from '../values/value.js';
import type { Value } from '../values/value.js';
import type { Code, Frame } from './code.js';
import { combine, part } from './combine.js';
import { compilePart, refuse, spotOf } from './context.js';
import type { Context } from './context.js';
import { hold } from './hold.js';
import { declare } from './scope.js';

/** `$name = …` and `[$first, [$second]] = …`; the value is what is assigned. */
export function compileAssignment(left: Syntax, right: Syntax, context: Context): Code {
  const code = compilePart(right, context);
  const assign = compilePlace(left, context);
  return combine(spotOf(context, left.at), [part(code)], ([value = null], frame) => {
    assign(value, frame);
    return value;
  });
}

type Assign = (value: Value, frame: Frame) => void;

function compilePlace(left: Syntax, context: Context): Assign {
  if (left.is === 'variable') return compileName(left.name, left.at, context);
  if (left.is !== 'array')
    throw refuse(context, 'what stands before = is no variable, expected $name or [$a, $b]', left.at);
  const places = left.items.map((item) => {
    if (item.is === 'pair') throw refuse(context, 'a pair stands before =, expected variables', item.at);
    return { name: item.is === 'variable' ? item.name : null, assign: compilePlace(item, context) };
  });
  return (value, frame) => {
    places.forEach(({ name, assign }, i) => assign(partOf(value, name, i, places.length), frame));
  };
}

/** Hashes are taken apart by the names of the variables, arrays by the places. */
function partOf(value: Value, name: string | null, index: number, size: number): Value {
  if (is('Hash', value) && name !== null) {
    const found = valueAt(value, name);
    if (found === undefined) throw new Mistake(`the hash has no key '${name}', expected it for the variable $${name}`);
    return found;
  }
  if (isList(value) && value.length === size) return value[index] ?? null;
  throw new Mistake(`what is assigned is ${describe(value)}, expected an array of ${size} elements`);
}

function compileName(name: string, at: number, context: Context): Assign {
  if (!/^[a-z_][A-Za-z0-9_]*$/.test(name))
    throw refuse(context, `the variable is '$${name}', expected a name of its own`, at);
  const slot = declare(context.scope, name);
  if (slot === null) throw refuse(context, `variable '$${name}' is assigned twice, expected each once`, at);
  return (value, frame) => hold(frame, slot, value);
}
