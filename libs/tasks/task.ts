import type { InputMethod, TaskFile } from '#agent-protocol';

import type { TaskMetadata } from './metadata.js';

/** A file of a task where it lies on this machine. */
export interface SourceFile extends TaskFile {
  /** Absolute path. */
  readonly source: string;
}

/** A task as an agent can run it. */
export interface Task {
  /** `module::name`, or `module` for its task `init`. */
  readonly name: string;
  readonly environment: string;
  readonly metadata: TaskMetadata;
  readonly inputMethod: InputMethod;
  /** Path of the executable, one of `files`. */
  readonly executable: string;
  readonly files: readonly SourceFile[];
}

/** There is no such environment. */
export class UnknownEnvironment extends Error {
  override readonly name = 'UnknownEnvironment';

  constructor(readonly environment: string) {
    super(`environment is '${environment}', expected one that exists`);
  }
}

/** A task exists but cannot be used: its metadata or its files are wrong. */
export class InvalidTask extends Error {
  override readonly name = 'InvalidTask';

  constructor(
    readonly task: string,
    reason: string,
  ) {
    super(`task ${task} cannot be used: ${reason}`);
  }
}
