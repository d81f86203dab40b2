/** A piece of code as it is written; `at` is the offset in its text where it begins. */
export type Syntax = { readonly at: number } & (
  | { readonly is: 'literal'; readonly value: null | boolean | number | string }
  | { readonly is: 'float'; readonly value: number }
  | { readonly is: 'default' }
  | { readonly is: 'regex'; readonly source: string }
  | { readonly is: 'type'; readonly text: string }
  /** Texts and what is written between them. */
  | { readonly is: 'text'; readonly parts: readonly (string | Syntax)[] }
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'array'; readonly items: readonly Item[] }
  | { readonly is: 'hash'; readonly entries: readonly Pair[] }
  | { readonly is: 'block'; readonly statements: readonly Syntax[] }
  | { readonly is: 'not' | 'negate' | 'splat'; readonly of: Syntax }
  | { readonly is: 'binary'; readonly operator: BinaryOperator; readonly left: Syntax; readonly right: Syntax }
  | { readonly is: 'index'; readonly of: Syntax; readonly keys: readonly Item[] }
  | ({ readonly is: 'call'; readonly name: string } & CallParts)
  /** A type that is called like a function, such as `Integer('3')`. */
  | ({ readonly is: 'make'; readonly type: string } & CallParts)
  | ({ readonly is: 'method'; readonly of: Syntax; readonly name: string } & CallParts)
  | { readonly is: 'if'; readonly branches: readonly Branch[]; readonly otherwise: Syntax | null }
  | { readonly is: 'case'; readonly of: Syntax; readonly options: readonly Option[] }
  | { readonly is: 'selector'; readonly of: Syntax; readonly entries: readonly Pair[] }
);

interface CallParts {
  readonly args: readonly Item[];
  readonly lambda: Lambda | null;
}

/** An expression, or a key and a value without the braces of a hash. */
export type Item = Syntax | Pair;

/** `key => value`. */
export interface Pair {
  readonly is: 'pair';
  readonly at: number;
  readonly key: Syntax;
  readonly value: Syntax;
}

/** A condition of `if`, and what is done where it holds. */
export interface Branch {
  readonly condition: Syntax;
  readonly body: Syntax;
}

/** Values of `case`, and what is done where one matches. */
export interface Option {
  readonly values: readonly Syntax[];
  readonly body: Syntax;
}

/** `|…| { … }`. */
export interface Lambda {
  readonly at: number;
  readonly params: readonly LambdaParam[];
  readonly body: Syntax;
}

/** A parameter of a lambda. */
export interface LambdaParam {
  readonly at: number;
  readonly name: string;
  /** As written; null: any. */
  readonly type: string | null;
  readonly isRest: boolean;
  readonly default: Syntax | null;
}

/** Operators between two operands, from those that bind tightest; those of a line bind alike. */
export const BINARY_OPERATORS = [
  ['in'],
  ['=~', '!~'],
  ['*', '/', '%'],
  ['+', '-'],
  ['<<', '>>'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['and'],
  ['or'],
  ['='],
] as const;

/** An operator between two operands. */
export type BinaryOperator = (typeof BINARY_OPERATORS)[number][number];
