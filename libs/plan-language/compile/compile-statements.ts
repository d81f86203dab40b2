import type { Syntax } from '../grammar/syntax.js';
import { constant, evaluate } from './code.js';
import type { Code } from './code.js';
import { compilePart } from './context.js';
import type { Context } from './context.js';
import type { Value } from '../values/value.js';

/** Statements one after the other; the value is that of the last one, or undef. */
export function compileStatements(statements: readonly Syntax[], context: Context): Code {
  const codes = statements.map((each) => compilePart(each, context));
  const [first] = codes;
  if (first === undefined) return constant(null);
  if (codes.length === 1) return first;
  return {
    is: 'course',
    *run(frame) {
      let value: Value = null;
      for (const code of codes) value = yield* evaluate(code, frame);
      return value;
    },
  };
}
