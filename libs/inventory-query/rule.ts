/** The name of the node, or the way to one of its facts or trusted data: `['fact', 'os', 'family']`. */
export type RulePath = readonly ['name'] | readonly ['fact' | 'trusted', string, ...(string | number)[]];

export const RULE_OPERATORS = ['=', '~', '<', '<=', '>', '>='] as const;
export type RuleOperator = (typeof RULE_OPERATORS)[number];

/** Which nodes belong to a node group. */
export type Rule =
  | { readonly is: 'and' | 'or'; readonly of: readonly Rule[] }
  | { readonly is: 'not'; readonly of: Rule }
  | { readonly is: RuleOperator; readonly path: RulePath; readonly value: string };
