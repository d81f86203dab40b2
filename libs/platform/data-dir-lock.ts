import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockFile } from './lock-file.js';
import { identify, isAlive } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';

export type ChildDetails = Readonly<Record<string, string | number>>;

/** A child process as the lock file has it: what the next server must know if this one is killed. */
export type ChildRecord = ProcessIdentity & { readonly details: ChildDetails };

/** Held by the one server of a data directory, until it releases it or its process is gone. */
export interface DataDirLock {
  /** Writes a child down, in the place of an earlier one of that name. */
  recordChild(name: string, child: { readonly pid: number } & ChildDetails): void;
  /** Recorded children that run, with those that a killed predecessor left over. */
  children(): ReadonlyMap<string, ChildRecord>;
  /** For a child that has ended; to keep its record would do no harm. */
  forget(name: string): void;
  release(): void;
}

/**
 * Takes a data directory for this process; a lock whose holder is gone is taken over, with its children.
 * @throws when another process holds it; the message names that process.
 */
export function lockDataDir(dir: string): DataDirLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = lockFile(
    join(dir, 'lock.json'),
    (pid) => `data directory ${resolve(dir)} is held by process ${pid}, expected no other server or agent on it`,
  );
  const children = new Map(Object.entries((lock.notes['children'] ?? {}) as Record<string, ChildRecord>));
  const save = () => lock.write({ children: Object.fromEntries(children) });
  save();
  return {
    recordChild(name, { pid, ...details }) {
      const child = identify(pid);
      if (child === null) return;
      children.set(name, { ...child, details });
      save();
    },
    children: () => new Map([...children].filter(([, child]) => isAlive(child))),
    forget(name) {
      if (!children.delete(name)) return;
      try {
        save();
      } catch (error) {
        // A full disk keeps the old record, which names a process that is gone.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    release: () => lock.release(),
  };
}
