/** Types without arguments. */
export const PLAIN_TYPES = [
  'Any',
  'Data',
  'RichData',
  'Scalar',
  'ScalarData',
  'Numeric',
  'Boolean',
  'Undef',
  'TargetSpec',
] as const;

/** Types without arguments, of values that only plans have. */
export const PLAIN_PLAN_TYPES = ['Target', 'Result', 'ResultSet', 'Regexp', 'Type', 'Default'] as const;

/** Bounds of a length, a count or a value; null: unbounded on that side. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

export interface StructField {
  readonly name: string;
  readonly optional: boolean;
  readonly type: PuppetType;
}

/**
 * A Puppet data type, as far as tasks and plans need one.
 * @see https://www.puppet.com/docs/puppet/8/lang_data_type
 */
export type PuppetType =
  | { readonly kind: (typeof PLAIN_TYPES)[number] }
  | { readonly kind: (typeof PLAIN_PLAN_TYPES)[number] }
  /** An error of a plan; `of` is the kind that it must have, null: any. */
  | { readonly kind: 'Error'; readonly of: string | null }
  | ({ readonly kind: 'String' | 'Integer' | 'Float' | 'Collection' } & Bounds)
  | { readonly kind: 'Enum'; readonly values: readonly string[] }
  /** Regular expressions in Ruby's notation, any of which is to be found in the string. */
  | { readonly kind: 'Pattern'; readonly patterns: readonly string[] }
  | ({ readonly kind: 'Array'; readonly of: PuppetType } & Bounds)
  | ({ readonly kind: 'Hash'; readonly key: PuppetType; readonly value: PuppetType } & Bounds)
  /** By default as many elements as types; where bounds allow more, the last type serves the rest. */
  | ({ readonly kind: 'Tuple'; readonly of: readonly PuppetType[] } & Bounds)
  | { readonly kind: 'Struct'; readonly fields: readonly StructField[] }
  | { readonly kind: 'Variant'; readonly of: readonly PuppetType[] }
  | { readonly kind: 'Optional' | 'NotUndef' | 'Sensitive'; readonly of: PuppetType };

/** A text is not a Puppet data type that Daybook knows. */
export class InvalidType extends Error {
  override readonly name = 'InvalidType';

  constructor(text: string, reason: string) {
    super(`type is '${text.length > 80 ? `${text.slice(0, 80)}…` : text}', expected a Puppet data type: ${reason}`);
  }
}
