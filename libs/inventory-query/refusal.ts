import type { Json } from '#domain';

/** A text or a value is no query that can be answered. */
export class InvalidQuery extends Error {
  override readonly name = 'InvalidQuery';

  constructor(
    message: string,
    /** Where in a PQL text, counted from 1; null for an AST, which has no lines. */
    readonly at: { readonly line: number; readonly column: number } | null,
  ) {
    super(message);
  }
}

/** A value is no rule of a node group. */
export class InvalidRule extends Error {
  override readonly name = 'InvalidRule';
}

/** Why a part of a query or rule is refused, before it is known how to say where the part stands. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    reason: string,
    readonly part: Json,
  ) {
    super(reason);
  }
}

/** Deep enough for whatever people write, and far from the end of the stack. */
export const MAX_DEPTH = 100;

/** @throws Refusal when a part stands at more levels than a query or rule may have */
export function expectDepth(depth: number, part: Json): void {
  if (depth > MAX_DEPTH) throw new Refusal(`nested too deeply, expected at most ${MAX_DEPTH} levels`, part);
}
