import type { Json } from '#domain';
import { targetNames } from '../functions/targets.js';
import { text } from '../functions/arguments.js';
import { commandLine, filePath, taskName } from '../functions/what-runs.js';
import { Refusal } from '../invalid-plan.js';
import { readOptions } from '../run/run-options.js';
import type { RunningFunctionName } from '../run/run-options.js';
import { hashOf } from '../values/hash.js';
import { fromJson } from '../values/json.js';
import { Mistake } from '../values/mistake.js';
import type { Value } from '../values/value.js';
import { entryOf } from '../yaml/node.js';
import type { YamlNode } from '../yaml/node.js';
import type { CheckedStep } from './check-step.js';
import { codeKind } from './compile-yaml.js';

/** What a step is given, checked as it will be when it runs. */
type Check = (value: Value, by: RunningFunctionName) => unknown;

const option =
  (name: string): Check =>
  (value, by) =>
    readOptions(by, hashOf([[name, value]]));

const CHECKS: Readonly<Record<string, Check>> = {
  task: (value) => taskName(text(value)),
  command: (value) => commandLine(text(value)),
  script: (value) => filePath(text(value)),
  upload: (value) => filePath(text(value)),
  targets: targetNames,
  run_as: option('_run_as'),
  env_vars: option('_env_vars'),
  arguments: option('arguments'),
};

/** What needs no computing is wrong now or never. @throws Refusal */
export function checkConstants({ map }: CheckedStep, by: RunningFunctionName): void {
  for (const [key, check] of Object.entries(CHECKS)) {
    const node = entryOf(map, key)?.value;
    if (!node || !isConstant(node)) continue;
    try {
      check(fromJson(jsonOf(node)), by);
    } catch (error) {
      throw error instanceof Mistake ? new Refusal(error.message, node.at) : error;
    }
  }
}

function isConstant(node: YamlNode): boolean {
  if (node.is === 'scalar') return codeKind(node) === null;
  return node.is === 'list' ? node.items.every(isConstant) : node.entries.every(({ value }) => isConstant(value));
}

function jsonOf(node: YamlNode): Json {
  if (node.is === 'scalar') return node.value;
  if (node.is === 'list') return node.items.map(jsonOf);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value)]));
}
