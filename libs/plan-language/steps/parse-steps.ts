import { attempt } from '../compile/attempt.js';
import { evaluate } from '../compile/code.js';
import type { Code, Spot } from '../compile/code.js';
import { spotOf } from '../compile/context.js';
import type { Context } from '../compile/context.js';
import { hold } from '../compile/hold.js';
import { declare } from '../compile/scope.js';
import { Refusal } from '../invalid-plan.js';
import { VARIABLE_NAME } from '../names.js';
import { entryOf, shown } from '../yaml/node.js';
import type { YamlNode } from '../yaml/node.js';
import { compileStep } from './compile-step.js';
import { compileYaml } from './compile-yaml.js';
import { plainText } from './plain-text.js';

/** A step that is ready to run, and the number of the variable that its name stands for; null: it has no name. */
interface ReadyStep {
  readonly code: Code;
  readonly slot: number | null;
  readonly spot: Spot;
}

/** Makes code of the steps of a plan and of what it returns; null: nothing. @throws Refusal */
export function compileSteps(steps: YamlNode, result: YamlNode | null, context: Context): Code {
  if (steps.is !== 'list') throw new Refusal(`steps are ${shown(steps)}, expected an array`, steps.at);
  const ready = steps.items.map((node) => readStep(node, context));
  const returned = result === null ? null : compileYaml(result, context);
  return {
    is: 'course',
    *run(frame) {
      for (const { code, slot, spot } of ready) {
        const value = yield* evaluate(code, frame);
        if (slot !== null) attempt(spot, () => hold(frame, slot, value));
      }
      return returned === null ? null : yield* evaluate(returned, frame);
    },
  };
}

function readStep(node: YamlNode, context: Context): ReadyStep {
  const named = node.is === 'map' ? entryOf(node, 'name') : null;
  const name = named === null ? null : plainText('the name of a step', named.value);
  const inner = { ...context, step: name };
  const code = compileStep(node, inner);
  const spot = spotOf(inner, node.at);
  if (named === null || name === null) return { code, slot: null, spot };
  if (!VARIABLE_NAME.test(name)) {
    throw new Refusal(
      `the step's name is '${name}', expected small letters, digits and '_', no digit first`,
      named.value.at,
    );
  }
  const slot = declare(context.scope, name);
  if (slot === null)
    throw new Refusal(`the step's name is '${name}', expected one that no parameter or step has`, named.value.at);
  return { code, slot, spot };
}
