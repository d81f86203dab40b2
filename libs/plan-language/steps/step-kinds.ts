/** Keys that any step may have. */
export const COMMON_KEYS = ['name', 'description', 'targets'];

/** A kind of step, named by its key. */
export interface StepKind {
  /** Keys that it must have besides. */
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const kind = (required: readonly string[], ...optional: readonly string[]): StepKind => ({ required, optional });

/** @see https://puppetlabs.github.io/bolt/writing_yaml_plans.html */
export const STEP_KINDS = {
  command: kind(['targets'], 'catch_errors', 'env_vars', 'run_as'),
  script: kind(['targets'], 'arguments', 'catch_errors', 'env_vars', 'run_as', 'pwsh_params'),
  task: kind(['targets'], 'parameters', 'catch_errors', 'noop', 'run_as'),
  upload: kind(['destination', 'targets'], 'catch_errors', 'run_as'),
  download: kind(['destination', 'targets'], 'catch_errors', 'run_as'),
  plan: kind([], 'parameters', 'catch_errors', 'run_as'),
  eval: kind([]),
  message: kind([]),
  verbose: kind([]),
  resources: kind([], 'catch_errors', 'noop', 'run_as'),
} as const satisfies Record<string, StepKind>;

/** The key that says what a step does. */
export type StepKindName = keyof typeof STEP_KINDS;

/** Whether a key says what a step does. */
export const isStepKind = (key: string): key is StepKindName => Object.hasOwn(STEP_KINDS, key);
