import type { Syntax } from '../grammar/syntax.js';
import { count } from '../values/describe.js';
import type { Code, Frame } from './code.js';
import { valuesOf } from './combine.js';
import { compileItems } from './compile-items.js';
import { refuse, spotOf } from './context.js';
import type { Context } from './context.js';
import { jump } from './jump.js';
import type { JumpKind } from './jump.js';

type CallSyntax = Syntax & { readonly is: 'call' };

/** `return`, `next` and `break`. */
export function compileJump(kind: JumpKind, { args, lambda, at }: CallSyntax, context: Context): Code {
  if (args.length > (kind === 'break' ? 0 : 1) || lambda !== null) {
    throw refuse(
      context,
      `${kind} is given ${count(args.length, 'argument')}, expected ${kind === 'break' ? 'none' : '0 to 1'}`,
      at,
    );
  }
  if (kind === 'next' && context.within === 'nothing')
    throw refuse(context, 'next stands outside of a lambda, expected it in one', at);
  if (kind === 'break' && context.within !== 'iteration') {
    throw refuse(context, 'break stands outside of an iteration, expected it in the lambda of one', at);
  }
  const parts = compileItems(args, context);
  const spot = spotOf(context, at);
  return {
    is: 'course',
    *run(frame: Frame) {
      const [value = null] = yield* valuesOf(spot, parts, frame);
      return jump(kind, value, frame);
    },
  };
}
