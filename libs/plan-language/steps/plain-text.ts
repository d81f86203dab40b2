import { Refusal } from '../invalid-plan.js';
import { shown } from '../yaml/node.js';
import type { YamlNode } from '../yaml/node.js';
import { codeKind } from './compile-yaml.js';

/** A text that stands there as it is. @throws Refusal when it is code or no text */
export function plainText(what: string, node: YamlNode): string {
  if (node.is === 'scalar' && typeof node.value === 'string' && codeKind(node) === null) return node.value;
  const actual = node.is === 'scalar' && codeKind(node) !== null ? 'computed' : shown(node);
  throw new Refusal(`${what} is ${actual}, expected a plain string`, node.at);
}

/** A text that is shown and never evaluated, however it is written; null: there is none. @throws Refusal */
export function descriptionOf(what: string, node: YamlNode | null): string | null {
  if (node === null || (node.is === 'scalar' && node.value === null)) return null;
  if (node.is === 'scalar' && typeof node.value === 'string') return node.value.trimEnd();
  throw new Refusal(`${what} is ${shown(node)}, expected a string`, node.at);
}
