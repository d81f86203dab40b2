import { describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import { isList, isTagged } from '../values/value.js';
import type { Target, Value } from '../values/value.js';
import { pure } from './function.js';
import type { Functions } from './function.js';

const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,254})$/;

/** Characters that the names of targets in one text may have together. */
const LONGEST = 4_000_000;

/**
 * The names of targets: each once, in the order in which they come. A text may have several with commas between them;
 * lists, results and sets of results may stand in lists.
 * @throws Mistake when a name is none of a node
 */
export function targetNames(spec: Value): readonly string[] {
  const names = new Set<string>();
  const open: Value[] = [spec];
  while (open.length > 0) {
    const next = open.pop()!;
    if (isList(next)) for (let i = next.length - 1; i >= 0; i -= 1) open.push(next[i] ?? null);
    else for (const name of namesOf(next)) names.add(name);
  }
  return [...names];
}

function namesOf(spec: Value): readonly string[] {
  if (typeof spec === 'string' && spec.length > LONGEST) {
    throw new Mistake(`the names of the targets have ${spec.length} characters, expected at most ${LONGEST}`);
  }
  if (typeof spec === 'string') return spec.split(',').map((each) => validName(each.trim()));
  if (isTagged(spec)) {
    if (spec.is === 'Target') return [spec.name];
    if (spec.is === 'Result') return [spec.target];
    if (spec.is === 'ResultSet') return spec.results.map((each) => each.target);
  }
  throw new Mistake(`targets are ${describe(spec)}, expected names of nodes, targets, results or arrays of those`);
}

function validName(name: string): string {
  if (NAME.test(name)) return name;
  throw new Mistake(
    `the target is ${describe(name)}, expected the name of a node: 1 to 255 letters, digits, '.', '_' and '-'`,
  );
}

/** The one target that a text or a value names. @throws Mistake */
export function targetOf(spec: Value): Target {
  const [name, ...others] = targetNames(spec);
  if (name !== undefined && others.length === 0) return { is: 'Target', name };
  throw new Mistake(`there are ${others.length + (name === undefined ? 0 : 1)} targets, expected one`);
}

/** Functions that make targets of names. */
export const TARGETS: Functions = {
  get_target: pure(1, 1, ([spec = null]) => targetOf(spec)),
  get_targets: pure(1, 1, ([spec = null]) => targetNames(spec).map((name) => ({ is: 'Target', name }))),
};
