import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
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

interface LockFile extends ProcessIdentity {
  readonly children: Record<string, ChildRecord>;
}

/**
 * Takes a data directory for this process; a lock whose holder is gone is taken over, with its children.
 * @throws when another process holds it; the message names that process.
 */
export function lockDataDir(dir: string): DataDirLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'lock.json');
  const own = identify(process.pid);
  if (own === null) throw new Error(`process ${process.pid} has no start time, expected one in /proc or from ps`);
  const claimed = claim(path, own, resolve(dir));
  const children = new Map(Object.entries(claimed.children));
  let released = false;

  const save = () => {
    if (!released) replaceFile(path, { ...own, children: Object.fromEntries(children) });
  };
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
    release() {
      if (!released) rmSync(path, { force: true });
      released = true;
    },
  };
}

/**
 * Makes `path` ours. A link is made whole or not at all, so nobody reads half a lock. The lock of a dead process is
 * replaced only by whoever holds the lock on the takeover, which is claimed in the same way: of two starters that find
 * the same dead holder, the second then sees a living one.
 */
function claim(path: string, own: ProcessIdentity, dir: string): LockFile {
  const fresh: LockFile = { ...own, children: {} };
  const draft = writeDraft(path, fresh);
  try {
    while (!linked(draft, path)) {
      const holder = readLock(path);
      if (holder === 'none') continue;
      refuseIfAlive(holder, dir);
      const takeover = `${path}.takeover`;
      claim(takeover, own, dir);
      try {
        const dead = readLock(path);
        if (dead === 'none') continue;
        refuseIfAlive(dead, dir);
        const heir = { ...fresh, children: dead === 'unreadable' ? {} : dead.children };
        replaceFile(path, heir);
        return heir;
      } finally {
        rmSync(takeover, { force: true });
      }
    }
    return fresh;
  } finally {
    rmSync(draft, { force: true });
  }
}

function refuseIfAlive(holder: LockFile | 'unreadable', dir: string): void {
  if (holder === 'unreadable' || !isAlive(holder)) return;
  throw new Error(`data directory ${dir} is held by process ${holder.pid}, expected no other server or agent on it`);
}

function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** `unreadable` is what a power failure may leave: nothing that it named can still run. */
function readLock(path: string): LockFile | 'none' | 'unreadable' {
  try {
    const lock = JSON.parse(readFileSync(path, 'utf8')) as Partial<LockFile> | null;
    return Number.isInteger(lock?.pid) && lock?.startTime && lock.children ? (lock as LockFile) : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable';
  }
}

function replaceFile(path: string, lock: LockFile): void {
  renameSync(writeDraft(path, lock), path);
}

function writeDraft(path: string, lock: LockFile): string {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, JSON.stringify(lock, null, 2), { mode: 0o600, flag: 'wx' });
    return draft;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
