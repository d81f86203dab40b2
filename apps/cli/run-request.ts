import type { Command } from 'commander';
import type { Json, JsonObject } from '#domain';
import { isObject, jsonOrFile, paramsOf } from './params.js';
import { WrongUse } from './wrong-use.js';

/** What is said of a plan, or a task, that is to run. */
export interface RunOptions {
  readonly params?: string;
  readonly environment?: string;
  readonly description?: string;
}

/** What each command that runs something takes with `.option(...DETACH_OPTION)`. */
export const DETACH_OPTION = ['--detach', 'do not wait for the end'] as const;

/** What is said of a task beside. */
export interface TaskOptions extends RunOptions {
  readonly nodes?: string;
  readonly query?: string;
  readonly targets?: string;
  readonly noop?: true;
}

/** A plan with its parameters, as words or in JSON. */
export const takesPlan = (command: Command): Command =>
  command.argument('<plan>', 'name of the plan').argument('[params...]', 'parameters, like greeting=hello');

/** A task with its parameters, and where it is to run. */
export const takesTask = (command: Command): Command =>
  command
    .argument('<task>', 'name of the task')
    .argument('[params...]', 'parameters, like message=hello')
    .option('--nodes <nodes>', 'names of nodes, with commas between them')
    .option('--query <pql>', 'the nodes that a query finds, in PQL')
    .option('--targets <json>', 'how nodes without an agent are reached: a file with JSON, or JSON')
    .option('--noop', 'only look what would change');

export const takesRunOptions = (command: Command): Command =>
  command
    .option('--params <json>', 'parameters in JSON: a file, or an object; those on the line go before')
    .option('--environment <environment>', 'where it is found; production if left out')
    .option('--description <text>', 'for people');

/** The body of a request for a task. @throws WrongUse */
export function taskRequest(task: string, words: readonly string[], options: TaskOptions): object {
  const { noop, environment, description } = options;
  const targets = targetsOf(options);
  return {
    task,
    params: paramsIn(words, options),
    scope: scopeOf(options, targets),
    targets,
    noop,
    environment,
    description,
  };
}

/** The body of a request for a plan. @throws WrongUse */
export function planRequest(plan_name: string, words: readonly string[], options: RunOptions): object {
  const { environment, description } = options;
  return { plan_name, params: paramsIn(words, options), environment, description };
}

function paramsIn(words: readonly string[], { params }: RunOptions): JsonObject {
  const given = params === undefined ? {} : jsonOrFile('--params', params);
  if (!isObject(given)) throw new WrongUse('--params is no object, expected a JSON object');
  return paramsOf(words, given);
}

function targetsOf({ targets }: TaskOptions): readonly Json[] | undefined {
  if (targets === undefined) return undefined;
  const given = jsonOrFile('--targets', targets);
  return Array.isArray(given) ? (given as Json[]) : [given];
}

/** Targets are nodes of the scope; where nothing else is said they are all of it. */
function scopeOf({ nodes, query }: TaskOptions, targets: readonly Json[] = []): object {
  if (nodes !== undefined && query !== undefined)
    throw new WrongUse('--nodes and --query are given, expected one of them');
  if (nodes !== undefined) return { nodes: nodes.split(',') };
  if (query !== undefined) return { query };
  const names = targets.flatMap((target) => (isObject(target) && target['hostnames']) || []);
  if (names.length === 0) throw new WrongUse('no node is named, expected --nodes, --query or --targets');
  return { nodes: names };
}
