import { join } from 'node:path';

import { findTask, taskFileOf } from './find-task.js';
import { entries, isFolder } from './modules.js';
import { UnknownEnvironment } from './task.js';
import type { Task } from './task.js';

export interface TaskCatalogue {
  /**
   * The task of that name; null: there is none, or it is no name of a task.
   * @throws UnknownEnvironment
   * @throws InvalidTask when it is there but its metadata or its files are wrong
   */
  find(environment: string, task: string): Promise<Task | null>;

  /** Names of all tasks that are not private, in order. @throws UnknownEnvironment */
  list(environment: string): Promise<readonly string[]>;

  /** Names of all environments, in order. */
  environments(): Promise<readonly string[]>;

  /** Folders in which the modules of an environment are looked for, the first one first. @throws UnknownEnvironment */
  modulePath(environment: string): Promise<readonly string[]>;
}

export interface CatalogueOptions {
  /** Folders of modules that every environment sees; the first that has a module wins. */
  readonly modulePath: readonly string[];
  /** Folder of environments, each with its own `modules`, which come before the others; null: none. */
  readonly environmentPath: string | null;
  /** How long a task that was found is taken to be unchanged; default 1000. */
  readonly freshMs?: number;
}

/** The environment that always exists, and is meant where none is named. */
export const DEFAULT_ENVIRONMENT = 'production';

/** A name that an environment may have. */
export const ENVIRONMENT = /^[a-z0-9_]+$/;

/** Most tasks that are remembered. */
const REMEMBERED = 1000;

/** Opens the tasks of some folders. The environment `production` always exists. */
export function openCatalogue({ modulePath, environmentPath, freshMs = 1000 }: CatalogueOptions): TaskCatalogue {
  const fresh = new Map<string, { readonly untilMs: number; readonly task: Promise<Task | null> }>();

  async function modulePathOf(environment: string): Promise<readonly string[]> {
    const folder = environmentFolder(environmentPath, environment);
    if (folder !== null && (await isFolder(folder))) return [join(folder, 'modules'), ...modulePath];
    if (environment === DEFAULT_ENVIRONMENT) return modulePath;
    throw new UnknownEnvironment(environment);
  }

  async function find(environment: string, name: string): Promise<Task | null> {
    const key = `${environment}/${name}`;
    const known = fresh.get(key);
    if (known !== undefined && known.untilMs > performance.now()) return known.task;
    const task = modulePathOf(environment).then((path) => findTask(environment, path, name));
    fresh.delete(key);
    if (fresh.size >= REMEMBERED) fresh.delete(fresh.keys().next().value!);
    fresh.set(key, { untilMs: performance.now() + freshMs, task });
    return task;
  }

  async function list(environment: string): Promise<readonly string[]> {
    const path = await modulePathOf(environment);
    const modules = new Set((await Promise.all(path.map(entries))).flat());
    const named = await Promise.all([...modules].map((module) => tasksOf(path, module)));
    const visible = named.flat().map(async (name) => {
      const task = await find(environment, name).catch(() => 'unusable' as const);
      return task === null || (task !== 'unusable' && task.metadata.private) ? [] : [name];
    });
    return (await Promise.all(visible)).flat().sort();
  }

  async function environments(): Promise<readonly string[]> {
    const names =
      environmentPath === null ? [] : (await entries(environmentPath)).filter((name) => ENVIRONMENT.test(name));
    const folders = await Promise.all(names.map((name) => isFolder(join(environmentPath!, name))));
    return [...new Set([DEFAULT_ENVIRONMENT, ...names.filter((_, index) => folders[index])])].sort();
  }

  return { find, list, environments, modulePath: modulePathOf };
}

function environmentFolder(environmentPath: string | null, environment: string): string | null {
  return environmentPath !== null && ENVIRONMENT.test(environment) ? join(environmentPath, environment) : null;
}

async function tasksOf(path: readonly string[], module: string): Promise<string[]> {
  const files = (await Promise.all(path.map((folder) => entries(join(folder, module, 'tasks'))))).flat();
  const bases = new Set(files.flatMap((file) => taskFileOf(file)?.task ?? []));
  return [...bases].map((base) => (base === 'init' ? module : `${module}::${base}`));
}
