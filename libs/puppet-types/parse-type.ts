import { accepts } from './matches.js';
import { compilePattern } from './pattern.js';
import { InvalidType, PLAIN_PLAN_TYPES, PLAIN_TYPES } from './puppet-type.js';
import type { Bounds, PuppetType, StructField } from './puppet-type.js';
import { readTypeCall } from './type-grammar.js';
import type { TypeArg, TypeCall } from './type-grammar.js';

/**
 * Reads a Puppet data type such as `Optional[Array[String[1], 1, 5]]`.
 * @throws InvalidType when the text is none, or one that cannot describe JSON
 */
export function parseType(text: string): PuppetType {
  return parse(text, (call) => build(expectJsonTypes(call)));
}

/**
 * Reads a type like `parseType`, or one that has values in plans only, such as `Optional[Target]`.
 * @throws InvalidType when the text is none
 */
export function parsePlanType(text: string): PuppetType {
  return parse(text, build);
}

function parse(text: string, read: (call: TypeCall) => PuppetType): PuppetType {
  try {
    return read(readTypeCall(text));
  } catch (error) {
    throw new InvalidType(text, error instanceof RangeError ? 'it is nested too deeply' : (error as Error).message);
  }
}

function expectJsonTypes(call: TypeCall): TypeCall {
  if (call.name === 'Error' || PLAIN_PLAN_TYPES.some((kind) => kind === call.name)) {
    throw new Error(`values of the type ${call.name} exist in plans only`);
  }
  for (const arg of call.args) {
    if (arg.form === 'type') expectJsonTypes(arg);
    if (arg.form === 'hash') arg.entries.forEach(({ type }) => type.form === 'type' && expectJsonTypes(type));
  }
  return call;
}

const ANY: PuppetType = { kind: 'Any' };

function build(call: TypeCall): PuppetType {
  const plain = [...PLAIN_TYPES, ...PLAIN_PLAN_TYPES].find((kind) => kind === call.name);
  if (plain !== undefined) {
    expectArgs(call, call.args.length === 0, 'no arguments');
    return { kind: plain };
  }
  const make = Object.hasOwn(BUILDERS, call.name) ? BUILDERS[call.name] : undefined;
  if (make === undefined) throw new Error(`there is no type ${call.name}`);
  return make(call);
}

const BUILDERS: Readonly<Record<string, (call: TypeCall) => PuppetType>> = {
  String: (call) => ({ kind: 'String', ...size(call, call.args) }),
  Integer: (call) => ({ kind: 'Integer', ...bounds(call, call.args, Number.isInteger) }),
  Float: (call) => ({ kind: 'Float', ...bounds(call, call.args, Number.isFinite) }),
  Collection: (call) => ({ kind: 'Collection', ...size(call, call.args) }),
  Enum: (call) => ({ kind: 'Enum', values: texts(call, 'string') }),
  Pattern: (call) => {
    const patterns = texts(call, 'regex');
    patterns.forEach(compilePattern);
    return { kind: 'Pattern', patterns };
  },
  Array: (call) => {
    const { types, rest } = leadingTypes(call);
    expectArgs(call, types.length <= 1, 'one type and a size');
    return { kind: 'Array', of: types[0] ?? ANY, ...size(call, rest) };
  },
  Hash: (call) => {
    const { types, rest } = leadingTypes(call);
    expectArgs(call, types.length === 0 || types.length === 2, 'a type for keys, one for values and a size');
    return { kind: 'Hash', key: types[0] ?? ANY, value: types[1] ?? ANY, ...size(call, rest) };
  },
  Tuple: (call) => {
    const { types, rest } = leadingTypes(call);
    expectArgs(call, types.length >= 1, 'at least one type');
    return { kind: 'Tuple', of: types, ...size(call, rest) };
  },
  Struct: (call) => {
    const [hash, ...others] = call.args;
    if (hash?.form !== 'hash' || others.length > 0) throw new Error('Struct takes one hash of names to types');
    const fields = hash.entries.map(({ key, type }) => field(key, build(type as TypeCall)));
    expectArgs(call, new Set(fields.map((each) => each.name)).size === fields.length, 'each name once');
    return { kind: 'Struct', fields };
  },
  Error: (call) => {
    expectArgs(call, call.args.length <= 1, 'one kind');
    return { kind: 'Error', of: call.args.length === 0 ? null : texts(call, 'string')[0]! };
  },
  Variant: (call) => {
    const { types, rest } = leadingTypes(call);
    expectArgs(call, types.length >= 1 && rest.length === 0, 'at least one type');
    return { kind: 'Variant', of: types };
  },
  Optional: (call) => ({ kind: 'Optional', of: oneType(call) }),
  NotUndef: (call) => ({ kind: 'NotUndef', of: oneType(call) }),
  Sensitive: (call) => ({ kind: 'Sensitive', of: oneType(call) }),
};

function expectArgs(call: TypeCall, holds: boolean, expected: string): void {
  if (!holds) throw new Error(`${call.name} takes ${expected}`);
}

function leadingTypes(call: TypeCall): { types: PuppetType[]; rest: readonly TypeArg[] } {
  const end = call.args.findIndex((arg) => arg.form !== 'type');
  const count = end === -1 ? call.args.length : end;
  return { types: call.args.slice(0, count).map((arg) => build(arg as TypeCall)), rest: call.args.slice(count) };
}

function oneType(call: TypeCall): PuppetType {
  const { types, rest } = leadingTypes(call);
  expectArgs(call, types.length <= 1 && rest.length === 0, 'one type');
  return types[0] ?? ANY;
}

function texts(call: TypeCall, form: 'string' | 'regex'): string[] {
  const found = call.args.flatMap((arg) => (arg.form === form ? [arg.text] : []));
  expectArgs(call, found.length === call.args.length && found.length > 0, `at least one ${form} and nothing else`);
  return found;
}

function bounds(call: TypeCall, args: readonly TypeArg[], allowed: (value: number) => boolean): Bounds {
  const values = args.map((arg) => {
    if (arg.form === 'default') return null;
    if (arg.form !== 'number' || !allowed(arg.value)) throw new Error(`${call.name} takes numbers as bounds`);
    return arg.value;
  });
  const [min = null, max = null] = values;
  expectArgs(call, values.length <= 2 && (min === null || max === null || min <= max), 'a lower and an upper bound');
  return { min, max };
}

function size(call: TypeCall, args: readonly TypeArg[]): Bounds {
  return bounds(call, args, (value) => Number.isInteger(value) && value >= 0);
}

/** A bare name is optional where its type accepts `undef`; `Optional['name']` and `NotUndef['name']` say it. */
function field(key: TypeArg, type: PuppetType): StructField {
  if (key.form === 'string') return { name: key.text, optional: accepts(type, null), type };
  const inner = key.form === 'type' && key.args.length === 1 ? key.args[0] : undefined;
  if (key.form !== 'type' || !['Optional', 'NotUndef'].includes(key.name) || inner?.form !== 'string') {
    throw new Error("a name in Struct is a string, Optional['name'] or NotUndef['name']");
  }
  return { name: inner.text, optional: key.name === 'Optional', type };
}
