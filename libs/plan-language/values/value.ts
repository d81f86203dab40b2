import type { RE2JS } from 're2js';

import type { PuppetType } from '#puppet-types';

/**
 * A value of Puppet's language. `null` is `undef`, a number is an Integer (in the range that JavaScript counts
 * exactly), an array is an Array; everything else says in `is` what it is.
 */
export type Value = null | boolean | number | string | readonly Value[] | Float | Hash | Rich;

/** A number that is no Integer, even where it has no fraction. */
export interface Float {
  readonly is: 'Float';
  readonly value: number;
}

/** Keys and values by the identity of the key, in the order in which they were put in. */
export interface Hash {
  readonly is: 'Hash';
  readonly entries: ReadonlyMap<string, readonly [key: Value, value: Value]>;
}

/** Values that JSON does not know. */
export type Rich = Default | Regex | TypeValue | Sensitive | Target | Result | ResultSet | ErrorValue;

/** Puppet's `default`. */
export interface Default {
  readonly is: 'Default';
}

/** A regular expression in Ruby's notation, matched in linear time. */
export interface Regex {
  readonly is: 'Regex';
  readonly source: string;
  readonly compiled: RE2JS;
}

/** A data type as a value. */
export interface TypeValue {
  readonly is: 'Type';
  readonly type: PuppetType;
}

/** A value that must not be shown. */
export interface Sensitive {
  readonly is: 'Sensitive';
  readonly value: Value;
}

/** A node, by its name. */
export interface Target {
  readonly is: 'Target';
  readonly name: string;
}

/** What became of an action on one target. */
export interface Result {
  readonly is: 'Result';
  readonly target: string;
  /** Such as `task`. */
  readonly action: string;
  /** What was run, such as the task's name; null: nothing that has a name. */
  readonly object: string | null;
  readonly status: 'success' | 'failure';
  readonly value: Hash;
}

/** What became of an action on its targets, in their order. */
export interface ResultSet {
  readonly is: 'ResultSet';
  readonly results: readonly Result[];
}

/** Why something failed, as a value. */
export interface ErrorValue {
  readonly is: 'Error';
  readonly kind: string;
  readonly msg: string;
  readonly details: Hash;
  readonly issueCode: string | null;
}

/** The value of `default`. */
export const DEFAULT: Default = { is: 'Default' };

/** Whether a value is an Array. */
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** A value that says in `is` what it is. */
export type Tagged = Exclude<Value, null | boolean | number | string | readonly Value[]>;

/** Whether a value says in `is` what it is. */
export const isTagged = (value: Value): value is Tagged =>
  typeof value === 'object' && value !== null && !isList(value);

type Named<K extends Tagged['is']> = Extract<Tagged, { readonly is: K }>;

/** Whether a value is of the kind that its `is` names. */
export const is = <K extends Tagged['is']>(kind: K, value: Value): value is Named<K> =>
  isTagged(value) && value.is === kind;

/** Puppet's notion of truth: only `undef` and `false` are false. */
export const isTruthy = (value: Value): boolean => value !== null && value !== false;
