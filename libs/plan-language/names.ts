/** Names of plans and tasks: small letters, digits and `_`, the parts with `::` between them. */
export const QUALIFIED_NAME = /^[a-z][a-z0-9_]*(::[a-z][a-z0-9_]*)*$/;

/** Names of parameters and steps. */
export const VARIABLE_NAME = /^[a-z_][a-z0-9_]*$/;
