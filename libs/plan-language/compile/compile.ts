import { parsePlanType } from '#puppet-types';

import type { Syntax } from '../grammar/syntax.js';
import { entriesOf } from '../values/hash.js';
import { Mistake } from '../values/mistake.js';
import { print } from '../values/print.js';
import { compileRegex } from '../values/regex.js';
import { DEFAULT, is, isList } from '../values/value.js';
import type { Value } from '../values/value.js';
import { growing } from '../values/weight.js';
import { compileAssignment } from './compile-assignment.js';
import { compileCase, compileSelector } from './compile-case.js';
import { compileIf, compileLogic } from './compile-choice.js';
import { compileCall, compileMake, compileMethod } from './compile-call.js';
import { compileHash, compileItems } from './compile-items.js';
import { compileStatements } from './compile-statements.js';
import { compileVariable } from './compile-variable.js';
import { combine, part } from './combine.js';
import { constant } from './code.js';
import type { Code } from './code.js';
import { refuse, spotOf } from './context.js';
import type { Context } from './context.js';
import { elementOf } from './index-of.js';
import { isMatch } from './match.js';
import { negate, OPERATORS } from './operators.js';

/** Makes code of what is written. @throws Refusal when it cannot be run */
export function compile(syntax: Syntax, context: Context): Code {
  const spot = spotOf(context, syntax.at);
  switch (syntax.is) {
    case 'literal':
      return constant(syntax.value);
    case 'float':
      return constant({ is: 'Float', value: syntax.value });
    case 'default':
      return constant(DEFAULT);
    case 'regex':
      return constant(orRefuse(context, syntax.at, () => compileRegex(syntax.source)));
    case 'type':
      return constant(orRefuse(context, syntax.at, () => ({ is: 'Type', type: parsePlanType(syntax.text) })));
    case 'text':
      return compileText(syntax.parts, syntax.at, context);
    case 'variable':
      return compileVariable(syntax.name, syntax.at, context);
    case 'array':
      return combine(spot, compileItems(syntax.items, context), (values) => values);
    case 'hash':
      return compileHash(syntax.entries, syntax.at, context);
    case 'block':
      return compileStatements(syntax.statements, context);
    case 'not':
      return combine(spot, [part(compile(syntax.of, context))], ([value]) => value === null || value === false);
    case 'negate':
      return combine(spot, [part(compile(syntax.of, context))], ([value = null]) => negate(value));
    case 'splat':
      return combine(spot, [part(compile(syntax.of, context))], ([value = null]) => spread(value));
    case 'binary':
      return compileBinary(syntax, context);
    case 'index':
      return combine(
        spot,
        [part(compile(syntax.of, context)), ...compileItems(syntax.keys, context)],
        ([value = null, ...keys]) => elementOf(value, keys),
      );
    case 'call':
      return compileCall(syntax, context);
    case 'make':
      return compileMake(syntax, context);
    case 'method':
      return compileMethod(syntax, context);
    case 'if':
      return compileIf(syntax.branches, syntax.otherwise, context);
    case 'case':
      return compileCase(syntax.of, syntax.options, syntax.at, context);
    case 'selector':
      return compileSelector(syntax.of, syntax.entries, syntax.at, context);
  }
}

/** What a splat spreads: the elements of an array, the pairs of a hash, or the one value that there is. */
const spread = (value: Value): Value =>
  isList(value) ? value : is('Hash', value) ? entriesOf(value) : value === null ? [] : [value];

/** What is known only by trying; a mistake in it is one of the plan's text. */
function orRefuse<T>(context: Context, at: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof Mistake || (error instanceof Error && error.name === 'InvalidType'))
      throw refuse(context, error.message, at);
    throw error;
  }
}

function compileText(parts: readonly (string | Syntax)[], at: number, context: Context): Code {
  const codes = parts.map((each) => (typeof each === 'string' ? constant(each) : compile(each, context)));
  if (parts.every((each) => typeof each === 'string')) return constant(parts.join(''));
  return combine(spotOf(context, at), codes.map(part), (values) => {
    const texts = growing<string>();
    values.forEach((value) => texts.add(print(value)));
    return texts.values.join('');
  });
}

function compileBinary(syntax: Syntax & { readonly is: 'binary' }, context: Context): Code {
  const { operator, left, right, at } = syntax;
  if (operator === '=') return compileAssignment(left, right, context);
  if (operator === 'and' || operator === 'or') return compileLogic(operator, left, right, context);
  const sides = [part(compile(left, context)), part(compile(right, context))];
  const spot = spotOf(context, at);
  if (operator === '=~' || operator === '!~') {
    return combine(spot, sides, ([a = null, b = null], frame) => isMatch(a, b, frame) === (operator === '=~'));
  }
  const apply = OPERATORS[operator];
  return combine(spot, sides, ([a = null, b = null]) => apply(a, b));
}
