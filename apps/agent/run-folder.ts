import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';

import type { DeployRunMessage, RunMessage, TaskRunMessage } from '#agent-protocol';
import { isAlive } from '#platform';
import type { Logger, ProcessIdentity } from '#platform';

import { readIfThere, readOrMoveAside, syncFolder, UNREADABLE, writeDurably } from './durable-file.js';
import { NotRunnable } from './not-runnable.js';
import { areSecrets, secretsOf } from './secrets.js';

export type KeptTask = Omit<TaskRunMessage, 'secrets' | 'targetSecrets'> & { readonly hasSecrets: boolean };

export type KeptDeploy = DeployRunMessage;

/** What is kept of a run: all but its secrets. */
export type KeptMessage = KeptTask | KeptDeploy;

/** Why the agent ended a run, decided before it did. */
export type Ending = 'stopped' | 'timeout';

/** One start of a task that began. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  readonly startedAt: string;
  readonly process: ProcessIdentity;
  /** Holds `stdout`, `stderr` and `exit`, written by the task's own shell. */
  readonly folder: string;
}

export interface Exit {
  readonly code: number;
  readonly finishedAt: string;
}

/** A run on disk: everything that must outlive the agent, except its secrets. */
export class RunFolder {
  #isLost = false;

  private constructor(
    readonly path: string,
    readonly message: KeptMessage,
    private readonly logger: Logger,
  ) {}

  /** Writes a new run down; once this returns it survives a power failure. */
  static async create(runs: string, given: RunMessage, logger: Logger): Promise<RunFolder> {
    const message = given.kind === 'task' ? withoutSecrets(given) : given;
    const path = join(runs, folderName(message.runId));
    await mkdir(join(path, 'attempts'), { recursive: true, mode: 0o700 });
    await writeDurably(join(path, 'message.json'), JSON.stringify(message));
    await syncFolder(runs);
    return new RunFolder(path, message, logger);
  }

  /** All runs that were written down, in the order in which they came; what an interrupted creation left is removed. */
  static async openAll(runs: string, logger: Logger): Promise<RunFolder[]> {
    const names = (await readdir(runs)).filter((name) => !name.endsWith(UNREADABLE));
    const found = await Promise.all(
      names.map(async (name) => {
        const path = join(runs, name);
        const file = join(path, 'message.json');
        const message = await readOrMoveAside(file, parseMessage, logger, path);
        if (message === null) await rm(path, { recursive: true, force: true });
        else return [{ run: new RunFolder(path, message, logger), cameMs: (await stat(file)).mtimeMs }];
        return [];
      }),
    );
    return found
      .flat()
      .sort((a, b) => a.cameMs - b.cameMs)
      .map(({ run }) => run);
  }

  /** A folder of its own for the next start; it counts only when `recordProcess` was called and the task began. */
  async newAttempt(): Promise<string> {
    const names = await this.#attempts();
    const folder = join(this.path, 'attempts', String(Number(names[0] ?? 0) + 1));
    await mkdir(folder, { mode: 0o700 });
    return folder;
  }

  async recordProcess({ folder, ...record }: Attempt): Promise<void> {
    await writeDurably(join(folder, 'process.json'), JSON.stringify(record));
  }

  /**
   * The latest start that began or still may; null: none did.
   * @throws NotRunnable, once, where the record of a start cannot be read: nobody knows what became of it
   */
  async lastAttempt(): Promise<Attempt | null> {
    for (const name of await this.#attempts()) {
      const folder = join(this.path, 'attempts', name);
      const path = join(folder, 'process.json');
      const record = await readOrMoveAside(path, parseAttempt, this.logger);
      if (record === null && (await exists(`${path}${UNREADABLE}`)) && !this.#isLost) {
        this.#isLost = true;
        throw new NotRunnable(`What became of the run cannot be known: ${path} cannot be read`);
      }
      if (record === null) continue;
      const attempt: Attempt = { ...record, folder };
      if (isAlive(attempt.process) || (await exists(join(folder, 'began')))) return attempt;
    }
    return null;
  }

  /** How an attempt ended; null: that is not recorded. */
  async exitOf({ folder }: Attempt): Promise<Exit | null> {
    const path = join(folder, 'exit');
    const text = await readIfThere(path);
    // After a power failure it may be empty.
    if (text === null || !/^\d+\n$/.test(text)) return null;
    return { code: Number(text), finishedAt: (await stat(path)).mtime.toISOString() };
  }

  /** Writes down why the run is ended; the first reason stays. */
  async recordEnding(ending: Ending): Promise<void> {
    if ((await this.ending()) === null) await writeDurably(join(this.path, 'ending'), ending);
  }

  async ending(): Promise<Ending | null> {
    return (await readIfThere(join(this.path, 'ending'))) as Ending | null;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** Names of the attempts' folders, the latest first. */
  async #attempts(): Promise<string[]> {
    return (await readdir(join(this.path, 'attempts'))).sort((a, b) => Number(b) - Number(a));
  }
}

function withoutSecrets(message: TaskRunMessage): KeptTask {
  const { secrets: _, targetSecrets: __, ...rest } = message;
  return { ...rest, hasSecrets: areSecrets(secretsOf(message)) };
}

/** A run id as a file name: readable where it fits in one. */
function folderName(runId: string): string {
  const name = encodeURIComponent(runId).replaceAll('.', '%2E');
  return name.length <= 200 ? name : createHash('sha256').update(runId).digest('hex');
}

function parseMessage(text: string): KeptMessage {
  const message = JSON.parse(text) as KeptMessage | null;
  if (typeof message?.runId !== 'string') throw new Error('it holds no run');
  // Agents that knew only tasks did not say so, and those that knew no targets or no other users had none.
  return { target: null, runAs: null, ...message, kind: message.kind ?? 'task' } as KeptMessage;
}

function parseAttempt(text: string): Omit<Attempt, 'folder'> {
  const attempt = JSON.parse(text) as Omit<Attempt, 'folder'> | null;
  if (typeof attempt?.process?.pid !== 'number') throw new Error('it holds no process');
  return attempt;
}

const exists = (path: string) =>
  readFile(path).then(
    () => true,
    () => false,
  );
