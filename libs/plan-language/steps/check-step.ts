import { notSupported, Refusal } from '../invalid-plan.js';
import { entryOf, shown } from '../yaml/node.js';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/node.js';
import { codeKind } from './compile-yaml.js';
import { COMMON_KEYS, isStepKind, STEP_KINDS } from './step-kinds.js';
import type { StepKind, StepKindName } from './step-kinds.js';

/** A step whose keys are in order. */
export interface CheckedStep {
  readonly kind: Exclude<StepKindName, 'resources'>;
  /** The entry that says what is done. */
  readonly action: YamlEntry;
  readonly map: YamlMap;
}

const KINDS = Object.keys(STEP_KINDS).filter((kind) => kind !== 'resources');

/** @throws Refusal when the step has no key that says what is done, several, unknown ones, or lacks one */
export function checkStep(node: YamlNode): CheckedStep {
  if (node.is !== 'map') throw new Refusal(`a step is ${shown(node)}, expected a hash`, node.at);
  refuseOldKeys(node);
  const actions = node.entries.filter(({ key }) => isStepKind(key));
  const [action] = actions;
  const expected = `expected one of ${KINDS.join(', ')}`;
  if (action === undefined) throw new Refusal(`a step has no key that says what is done, ${expected}`, node.at);
  if (actions.length > 1) {
    const keys = actions.map(({ key }) => `'${key}'`).join(' and ');
    throw new Refusal(`a step has ${keys}, ${expected}`, actions[1]!.keyAt);
  }
  const kind = action.key as StepKindName;
  if (kind === 'resources') throw notSupported("a step with 'resources'", action.keyAt);
  checkKeys(node, kind, STEP_KINDS[kind]);
  return { kind, action, map: node };
}

function refuseOldKeys(map: YamlMap): void {
  const target = entryOf(map, 'target');
  if (target !== null) throw new Refusal("key 'target' is no longer known, expected 'targets'", target.keyAt);
  const source = entryOf(map, 'source');
  if (source !== null) throw new Refusal("key 'source' is no longer known, expected 'upload'", source.keyAt);
}

function checkKeys(map: YamlMap, kind: StepKindName, { required, optional }: StepKind): void {
  const known = [kind, ...COMMON_KEYS, ...required, ...optional];
  for (const { key, keyAt, value } of map.entries) {
    if (!known.includes(key)) {
      throw new Refusal(`key '${key}' is not known in a step with '${kind}', expected ${unique(known)}`, keyAt);
    }
    if (key === 'pwsh_params') throw notSupported("'pwsh_params'", keyAt);
    if (key === 'catch_errors' || key === 'noop') expectBoolean(key, value);
  }
  const missing = required.find((key) => entryOf(map, key) === null);
  if (missing !== undefined) throw new Refusal(`a step with '${kind}' has no '${missing}', expected it`, map.at);
}

const unique = (keys: readonly string[]) => [...new Set(keys)].join(', ');

/** What is code is known only when it runs. */
function expectBoolean(key: string, node: YamlNode): void {
  if (node.is === 'scalar' && (typeof node.value === 'boolean' || codeKind(node) !== null)) return;
  throw new Refusal(`${key} is ${shown(node)}, expected true or false`, node.at);
}
