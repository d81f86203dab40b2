import { evaluate } from '../compile/code.js';
import type { Code, Course, Spot } from '../compile/code.js';
import { spotOf } from '../compile/context.js';
import type { Context } from '../compile/context.js';
import { tell } from '../functions/messages.js';
import { toJson } from '../values/json.js';
import type { Value } from '../values/value.js';
import { entryOf } from '../yaml/node.js';
import type { YamlNode } from '../yaml/node.js';
import { checkStep } from './check-step.js';
import { compileRunStep } from './compile-run-step.js';
import { compileYaml } from './compile-yaml.js';
import { refuseIdleCall } from './refuse-idle-call.js';

/** Makes code of a step; its value is what the step's name stands for afterwards. @throws Refusal */
export function compileStep(node: YamlNode, context: Context): Code {
  const step = checkStep(node);
  const { kind, action, map } = step;
  const spot = spotOf(context, action.keyAt);
  switch (kind) {
    case 'eval':
    case 'message':
    case 'verbose': {
      // These say nothing here, but what cannot be evaluated is refused all the same.
      for (const key of ['description', 'targets']) {
        const unused = entryOf(map, key);
        if (unused !== null) compileYaml(unused.value, context);
      }
      if (kind === 'eval') refuseIdleCall('eval', action.value);
      const code = compileYaml(action.value, context);
      return told(code, (value) => (kind === 'eval' ? evaluated(value, spot) : tell(value, kind === 'verbose', spot)));
    }
    case 'command':
    case 'script':
    case 'task':
    case 'upload':
    case 'download':
    case 'plan':
      return compileRunStep(step, kind, context);
  }
}

function told(code: Code, tellValue: (value: Value) => Course): Code {
  return {
    is: 'course',
    *run(frame) {
      return yield* tellValue(yield* evaluate(code, frame));
    },
  };
}

function* evaluated(value: Value, spot: Spot): Course {
  yield { kind: 'evaluated', at: spot.place, value: toJson(value) };
  return value;
}
