import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { InputMethod } from '#agent-protocol';

import { InvalidMetadata, parseMetadata } from './metadata.js';
import type { TaskMetadata } from './metadata.js';
import { entries, findModule, isRegularFile } from './modules.js';
import { listedFiles, sourceFile } from './task-files.js';
import { InvalidTask } from './task.js';
import type { Task } from './task.js';

const TASK_NAME = /^([a-z][a-z0-9_]*)(?:::([a-z][a-z0-9_]*))?$/;
const TASK_FILE = /^([a-z][a-z0-9_]*)(?:\.([A-Za-z0-9]+))?$/;

/** What every agent of Daybook can do. */
const FEATURES: readonly string[] = ['shell'];

/** A file of a folder `tasks` by what it is for; null: it is none of a task's own files. */
export function taskFileOf(file: string): { readonly task: string; readonly role: 'executable' | 'metadata' } | null {
  const [, task, extension] = TASK_FILE.exec(file) ?? [];
  if (task === undefined || extension === 'md') return null;
  return { task, role: extension === 'json' ? 'metadata' : 'executable' };
}

/**
 * Finds a task in the first module of its name along a path; null: there is none.
 * @throws InvalidTask when it is there but cannot be used
 */
export async function findTask(environment: string, modulePath: readonly string[], name: string): Promise<Task | null> {
  const [, module, base = 'init'] = TASK_NAME.exec(name) ?? [];
  if (module === undefined) return null;
  const folder = await findModule(modulePath, module);
  if (folder === null) return null;
  const tasks = join(folder, 'tasks');
  const own = (await entries(tasks)).filter((file) => taskFileOf(file)?.task === base);
  const executables: string[] = [];
  for (const file of own.filter((each) => taskFileOf(each)?.role === 'executable')) {
    if (await isRegularFile(join(tasks, file))) executables.push(file);
  }
  const hasMetadata = own.includes(`${base}.json`);
  if (executables.length === 0 && !hasMetadata) return null;
  try {
    const metadata = parseMetadata(hasMetadata ? await readMetadata(tasks, `${base}.json`) : '');
    const chosen = choose(metadata, executables);
    const executable = `${module}/tasks/${chosen.file}`;
    const listed = await Promise.all(
      [...metadata.files, ...chosen.files].map((entry) => listedFiles(modulePath, entry)),
    );
    const files = [await sourceFile(executable, join(tasks, chosen.file)), ...listed.flat()];
    const byPath = new Map(files.map((file) => [file.path, file]));
    const inputMethod = chosen.inputMethod ?? metadata.inputMethod ?? defaultInput(chosen.file);
    return { name, environment, metadata, inputMethod, executable, files: [...byPath.values()] };
  } catch (error) {
    if (error instanceof InvalidMetadata) throw new InvalidTask(name, error.message);
    if ((error as NodeJS.ErrnoException).code !== undefined) throw new InvalidTask(name, (error as Error).message);
    throw error;
  }
}

/** Most bytes of a metadata file. */
const MAX_METADATA_BYTES = 1 << 20;

/** Metadata that cannot be read is never taken for none: it may say which parameters are sensitive. */
async function readMetadata(folder: string, file: string): Promise<string> {
  const path = join(folder, file);
  const found = await stat(path);
  if (!found.isFile()) throw new InvalidMetadata(`${file} is no regular file, expected one`);
  if (found.size <= MAX_METADATA_BYTES) return await readFile(path, 'utf8');
  throw new InvalidMetadata(`${file} has ${found.size} bytes, expected at most ${MAX_METADATA_BYTES}`);
}

function choose(metadata: TaskMetadata, executables: readonly string[]): TaskMetadata['implementations'][number] {
  if (metadata.implementations.length > 0) {
    const fitting = metadata.implementations.find((each) => each.requirements.every((one) => FEATURES.includes(one)));
    if (fitting !== undefined) return fitting;
    throw new InvalidMetadata(`no implementation is for nodes that have ${FEATURES.join(', ')} only`);
  }
  const [file, ...others] = executables;
  if (file === undefined || others.length > 0) {
    throw new InvalidMetadata(`executables are ${executables.join(', ') || 'none'}, expected exactly one`);
  }
  return { file, requirements: [], inputMethod: null, files: [] };
}

const defaultInput = (file: string): InputMethod => (file.endsWith('.ps1') ? 'powershell' : 'both');
