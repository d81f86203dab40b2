import { constant } from '../compile/code.js';
import type { Code } from '../compile/code.js';
import { combine, part } from '../compile/combine.js';
import { compilePart, spotOf } from '../compile/context.js';
import type { Context } from '../compile/context.js';
import { landing } from '../compile/jump.js';
import { newScope } from '../compile/scope.js';
import { parseCode, parseText } from '../grammar/parse-code.js';
import type { Syntax } from '../grammar/syntax.js';
import { Refusal } from '../invalid-plan.js';
import { hashOf } from '../values/hash.js';
import { fromJson } from '../values/json.js';
import type { YamlNode, YamlScalar } from '../yaml/node.js';

/**
 * Makes code of a value in YAML. How a text is written says what it is: in single quotes, folded or plain just a text,
 * in double quotes a text with variables in it, a block, or plain from a `$` on, code.
 * @throws Refusal
 */
export function compileYaml(node: YamlNode, context: Context): Code {
  const spot = spotOf(context, node.at);
  switch (node.is) {
    case 'scalar':
      return compileScalar(node, context);
    case 'list':
      return combine(
        spot,
        node.items.map((item) => part(compileYaml(item, context))),
        (values) => values,
      );
    case 'map':
      return combine(
        spot,
        node.entries.map(({ value }) => part(compileYaml(value, context))),
        (values) => hashOf(node.entries.map(({ key }, i) => [key, values[i] ?? null])),
      );
  }
}

/** What kind of code a scalar is; null: none. */
export function codeKind({ style, value }: YamlScalar): 'code' | 'text' | null {
  if (style === 'literal') return 'code';
  if (typeof value !== 'string') return null;
  if (style === 'double') return /[\\$]/.test(value) ? 'text' : null;
  return style === 'plain' && value.startsWith('$') ? 'code' : null;
}

function compileScalar(scalar: YamlScalar, context: Context): Code {
  const kind = codeKind(scalar);
  if (kind === null) return constant(fromJson(scalar.value));
  const { text, toFile } = scalar.text;
  const inner = { ...context, toFile, scope: newScope(context.scope, context.scope.slots) };
  return untilReturn(compilePart(parse(kind, text, toFile), inner));
}

function parse(kind: 'code' | 'text', text: string, toFile: (at: number) => number): Syntax {
  try {
    return kind === 'code' ? parseCode(text) : parseText(text);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.message, toFile(error.at), error.kind);
    throw error;
  }
}

function untilReturn(code: Code): Code {
  if (code.is === 'instant') return code;
  return {
    is: 'course',
    *run(frame) {
      try {
        return yield* code.run(frame);
      } catch (error) {
        return landing('return', error, frame);
      }
    },
  };
}
