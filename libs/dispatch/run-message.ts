import { INLINE_BYTES } from '#agent-protocol';
import type { DeployRunMessage, RunMessage, TaskRunMessage } from '#agent-protocol';
import { isOfTarget } from '#domain';
import type { DeploySpec, Json, JsonObject, Spec, TaskSpec } from '#domain';
import { load, store, ValueLost } from '#large-values';
import type { LargeValues } from '#large-values';
import { CannotOpen } from '#sealing';
import type { Sealer } from '#sealing';
import { withDefaults } from '#tasks';
import type { Task, TaskCatalogue } from '#tasks';
import { CannotSend } from './cannot-send.js';
import type { Run } from './run.js';
import { targetMessage } from './target-message.js';

/** Encoded; every nats-server takes messages of 1 MiB. */
const MAX_BYTES = 900_000;

export interface RunMessageParts {
  readonly catalogue: TaskCatalogue;
  readonly sealer: Pick<Sealer, 'open'>;
  readonly largeValues: LargeValues;
  /** Told of each task whose files an agent may now ask for. */
  readonly onTask: (task: Task) => void;
}

/**
 * What an agent needs for a run; of a task, as the task is now.
 * @throws CannotSend when there is no such task (any more), it is not usable, or has more files than can be named; when
 * its large parameters are lost, or sealed ones cannot be opened; when nothing here can reach the node; when it
 * would run as somebody whose name is none
 */
export async function runMessage(run: Run, spec: Spec, parts: RunMessageParts): Promise<RunMessage> {
  if (spec.command === 'deploy') return deployMessage(run, spec);
  try {
    return await taskMessage(run, spec, parts);
  } catch (error) {
    if (!(error instanceof ValueLost || error instanceof CannotOpen)) throw error;
    throw new CannotSend(`the parameters cannot be read: ${error.message}`, { cause: error });
  }
}

/** Puppet brings a node to the same end however often it runs, so a run that was lost may be started again. */
function deployMessage(run: Run, spec: DeploySpec): DeployRunMessage {
  const { environment, enforceEnvironment, noop, noNoop, flags, timeoutS } = spec;
  return {
    kind: 'deploy',
    runId: run.id,
    job: run.job,
    environment,
    enforceEnvironment,
    noop,
    noNoop,
    flags,
    timeoutS,
    rerun: true,
  };
}

async function taskMessage(run: Run, spec: TaskSpec, parts: RunMessageParts): Promise<TaskRunMessage> {
  const task = await findTask(spec, parts.catalogue);
  parts.onTask(task);
  const message: TaskRunMessage = {
    kind: 'task',
    runId: run.id,
    job: run.job,
    task: spec.task,
    noop: spec.noop,
    params: await store(withDefaults(task, await load(spec.params, parts.largeValues)), parts.largeValues),
    secrets: openSecrets(spec, parts.sealer),
    ...targetMessage(spec, run.node, parts.sealer),
    inputMethod: task.inputMethod,
    executable: task.executable,
    files: task.files.map(({ path, sha256, size }) => ({ path, sha256, size })),
    timeoutS: spec.timeoutS,
    rerun: task.metadata.rerun,
  };
  const bytes = Buffer.byteLength(JSON.stringify(message));
  if (bytes > MAX_BYTES) {
    const { length } = message.files;
    throw new CannotSend(
      `task ${spec.task} has ${length} files, with which a run's message has ${bytes} bytes, expected at most ${MAX_BYTES}`,
    );
  }
  return message;
}

async function findTask(spec: TaskSpec, catalogue: TaskCatalogue): Promise<Task> {
  let task: Task | null;
  try {
    task = await catalogue.find(spec.environment, spec.task);
  } catch (error) {
    throw new CannotSend((error as Error).message, { cause: error });
  }
  if (!task)
    throw new CannotSend(`task is '${spec.task}', expected one that exists in environment ${spec.environment}`);
  return task;
}

function openSecrets({ sealed }: TaskSpec, sealer: Pick<Sealer, 'open'>): JsonObject {
  const secrets: Record<string, Json> = {};
  for (const [name, envelope] of Object.entries(sealed?.values ?? {})) {
    if (!isOfTarget(name)) secrets[name] = sealer.open(sealed!.commandId, name, envelope);
  }
  if (Buffer.byteLength(JSON.stringify(secrets)) > INLINE_BYTES) {
    throw new CannotSend(`the sensitive parameters have more than ${INLINE_BYTES} bytes together`);
  }
  return secrets;
}
