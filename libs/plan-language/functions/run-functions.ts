import { attempt } from '../compile/attempt.js';
import type { Action, QueryAnswer } from '../effects.js';
import { act } from '../run/act.js';
import { readOptions } from '../run/run-options.js';
import type { RunningFunctionName, RunOptions } from '../run/run-options.js';
import { runPlan, targetsParameter } from '../run/run-plan.js';
import { describe } from '../values/describe.js';
import { entriesOf, hashOf, hasKey, merged } from '../values/hash.js';
import { fromJson, hashToOpenJson, holdsSensitive } from '../values/json.js';
import { jsonText } from '../values/json-text.js';
import { Mistake } from '../values/mistake.js';
import { EMPTY_HASH, errorOf } from '../values/plan-error.js';
import { is } from '../values/value.js';
import type { Hash, Value } from '../values/value.js';
import { hash, text } from './arguments.js';
import { running } from './function.js';
import type { Call, Functions, RunningFunction } from './function.js';
import { targetNames } from './targets.js';
import { commandLine, filePath, taskName } from './what-runs.js';

/** What a function that runs something on nodes is given. */
interface Request {
  readonly by: RunningFunctionName;
  /** What comes before the targets, such as a task's name. */
  readonly objects: readonly string[];
  readonly targets: readonly string[];
  readonly options: RunOptions;
  /** What is given beside the options. */
  readonly rest: Hash;
}

/** A function of objects, targets, perhaps a description, and perhaps options. */
function onTargets(by: RunningFunctionName, objects: number, action: (request: Request) => Action): RunningFunction {
  return running(objects + 1, objects + 3, null, (args, call) => {
    const request = attempt(call.spot, () => readRequest(by, objects, args));
    const made = attempt(call.spot, () => action(request));
    const work = { by, object: request.objects[0] ?? null, targets: request.targets, action: made };
    return act(work, request.options, call);
  });
}

function readRequest(by: RunningFunctionName, objects: number, args: readonly Value[]): Request {
  const more = args.slice(objects + 1);
  const isDescribed = typeof more[0] === 'string';
  const given = more[isDescribed ? 1 : 0] ?? null;
  if (more.length > (isDescribed ? 2 : 1))
    throw new Mistake(`a description is ${describe(more[0] ?? null)}, expected a string`);
  const { options, rest } = readOptions(by, given === null ? EMPTY_HASH : hash(given));
  return {
    by,
    objects: args.slice(0, objects).map(text),
    targets: targetNames(args[objects] ?? null),
    options: isDescribed ? { ...options, description: text(more[0]) } : options,
    rest,
  };
}

/** Functions that run something on nodes, run plans, or ask the inventory. */
export const RUN_FUNCTIONS = {
  run_task: onTargets('run_task', 1, ({ objects: [task = ''], options, rest }) => {
    const sensitive = entriesOf(rest).flatMap(([key, value]) => (holdsSensitive(value) ? [text(key)] : []));
    return { action: 'task', task: taskName(task), params: hashToOpenJson(rest), sensitive, noop: options.noop };
  }),
  run_command: onTargets('run_command', 1, ({ objects: [command = ''], options: { envVars, sensitive } }) => {
    return { action: 'command', command: commandLine(command), envVars, sensitive };
  }),
  run_script: onTargets('run_script', 1, ({ objects: [script = ''], options }) => {
    const { envVars, arguments: given, sensitive } = options;
    return { action: 'script', script: filePath(script), arguments: given, envVars, sensitive };
  }),
  upload_file: onTargets('upload_file', 2, ({ objects: [source = '', destination = ''] }) => {
    return { action: 'upload', source: filePath(source), destination };
  }),
  download_file: onTargets('download_file', 2, ({ objects: [source = '', destination = ''] }) => {
    return { action: 'download', source, destination };
  }),
  wait_until_available: onTargets('wait_until_available', 0, ({ options: { waitS } }) => ({ action: 'wait', waitS })),
  run_plan: running(1, 3, null, function* ([name, ...more], call) {
    const plan = attempt(call.spot, () => knownPlan(text(name), call));
    const [given, targets] = attempt(call.spot, () => planArguments(more));
    const { options, rest } = attempt(call.spot, () => readOptions('run_plan', given));
    const params = attempt(call.spot, () => withTargets(rest, targets, targetsParameter(plan), plan.name));
    return yield* runPlan(plan, params, options, call);
  }),
  puppetdb_query: running(1, 2, null, function* ([query = null], call) {
    const asked = typeof query === 'string' ? query : attempt(call.spot, () => jsonText(query, 0));
    const answer = (yield { kind: 'query', at: call.spot.place, query: asked }) as QueryAnswer;
    return attempt(call.spot, () => {
      if ('refused' in answer) throw errorOf(answer.refused);
      return answer.rows.map((row) => fromJson(row));
    });
  }),
} satisfies Functions;

function knownPlan(name: string, { frame }: Call) {
  const plan = frame.run.program.plans.get(name);
  if (plan === undefined) throw new Mistake(`the plan is ${describe(name)}, expected one that exists`);
  return plan;
}

/** Targets may come before what else is given. */
function planArguments(args: readonly Value[]): [given: Hash, targets: Value | undefined] {
  const [first, second] = args;
  if (first === undefined) return [EMPTY_HASH, undefined];
  if (args.length === 1 && is('Hash', first)) return [first, undefined];
  return [second === undefined || second === null ? EMPTY_HASH : hash(second), first];
}

function withTargets(given: Hash, targets: Value | undefined, parameter: string | null, plan: string): Hash {
  if (targets === undefined) return given;
  if (parameter === null)
    throw new Mistake(`targets are given, expected a plan with a parameter 'targets', which ${plan} lacks`);
  if (hasKey(given, parameter)) throw new Mistake(`parameter '${parameter}' is given twice, expected it once`);
  return merged(given, hashOf([[parameter, targets]]));
}
