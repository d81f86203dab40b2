import type { Json, JsonObject } from '#domain';

/** What a task left behind. */
export interface TaskOutput {
  readonly stdout: string;
  /** Whether `stdout` is only the beginning. */
  readonly isCut: boolean;
  readonly stderr: string;
  /** Null: it was killed before it had one. */
  readonly exitCode: number | null;
  /** Why Daybook ended it, and how that is reported; null: it ended by itself. */
  readonly ended: JsonObject | null;
}

export interface TaskResult {
  readonly kind: 'finished' | 'failed';
  readonly result: JsonObject;
}

/** What is kept of standard output; the rest is lost, and the result says so. */
export const STDOUT_BYTES = 16 * 1024 * 1024;

/** Reads a task's output as the task specification has it. @see https://puppetlabs.github.io/bolt/writing_tasks */
export function interpretOutput(output: TaskOutput): TaskResult {
  const { _error: own = null, ...values } = readStdout(output);
  const error = output.ended ?? (own === null ? exitError(output) : normalError(own));
  return error === null
    ? { kind: 'finished', result: values }
    : { kind: 'failed', result: { ...values, _error: error } };
}

export const timeoutError = (timeoutS: number): JsonObject => ({
  kind: 'daybook/timeout',
  msg: `The run was ended because it took longer than ${timeoutS} s`,
  details: { timeout: timeoutS },
});

function readStdout({ stdout, isCut }: TaskOutput): JsonObject {
  if (isCut) return { _output: stdout, _truncated: `standard output was cut after ${STDOUT_BYTES} bytes` };
  return parseObject(stdout) ?? { _output: stdout };
}

/** Deeper values would be more than the programs that read the result can take. */
const DEEPEST = 200;

function parseObject(text: string): JsonObject | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    const value = JSON.parse(text) as JsonObject;
    return isWithin(value, DEEPEST) ? value : null;
  } catch {
    return null;
  }
}

function isWithin(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isWithin(each, levels - 1));
}

function exitError({ exitCode, stdout, stderr }: TaskOutput): JsonObject | null {
  if (exitCode === 0) return null;
  const failed = exitCode === null ? 'The task was killed' : `The task failed with exit code ${exitCode}`;
  const msg =
    stdout !== ''
      ? failed
      : stderr === ''
        ? `${failed} and no output`
        : `${failed} and no stdout, but stderr contained:\n${stderr}`;
  return { kind: 'puppetlabs.tasks/task-error', issue_code: 'TASK_ERROR', msg, details: { exit_code: exitCode } };
}

function normalError(error: Json): JsonObject {
  const given = typeof error === 'object' && !Array.isArray(error) ? (error as JsonObject) : {};
  if (typeof given['msg'] === 'string') return { kind: 'bolt/error', details: {}, ...given };
  const msg = 'The task returned an _error that is not an object with a msg';
  return { kind: 'bolt/invalid-task-error', msg, details: { original_error: error } };
}
