/** What a query asks about: one row per node (`nodes`, `inventory`), or one per node and top-level fact (`facts`). */
export const ENTITIES = ['nodes', 'inventory', 'facts'] as const;
export type Entity = (typeof ENTITIES)[number];

export const ORDER_OPERATORS = ['<', '<=', '>', '>='] as const;
export type OrderOperator = (typeof ORDER_OPERATORS)[number];

/** A column, and in `facts` and `trusted` the way down from it: `['facts', 'disks', 'sda', 0]`. */
export type Field = readonly [column: string, ...path: (string | number)[]];

export type Literal = string | number | boolean | readonly Literal[];

export type Condition =
  | { readonly is: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: '='; readonly field: Field; readonly value: Literal }
  | { readonly is: OrderOperator; readonly field: Field; readonly value: string | number }
  /** A regular expression is found somewhere in the text of the field. */
  | { readonly is: '~'; readonly field: Field; readonly pattern: string }
  | { readonly is: 'null'; readonly field: Field }
  | { readonly is: 'in list'; readonly field: Field; readonly values: readonly Literal[] }
  /** The fields, taken together, are a row of the other query. */
  | { readonly is: 'in query'; readonly fields: readonly Field[]; readonly query: Query }
  /** The node has a row in the other query. */
  | { readonly is: 'related'; readonly query: Query };

export interface Order {
  readonly field: Field;
  readonly descending: boolean;
}

/** A query over the inventory, the same whether it was written in PQL or as an AST. */
export interface Query {
  readonly entity: Entity;
  /** The projection; empty: all fields. */
  readonly fields: readonly Field[];
  readonly where: Condition | null;
  readonly orderBy: readonly Order[];
  readonly limit: number | null;
  readonly offset: number;
}
