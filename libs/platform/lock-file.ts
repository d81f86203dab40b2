import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isAlive } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';

type Notes = Readonly<Record<string, unknown>>;

/** Held by one process, until it releases it or is gone. */
export interface FileLock {
  /** What a holder that is gone had written down; nothing where the lock was free. */
  readonly notes: Notes;
  /** Writes down what whoever takes the lock over must know; not once it is released. */
  write(notes: Notes): void;
  release(): void;
}

/**
 * Takes a lock, a file of JSON, for this process; one whose holder is gone is taken over.
 * @param refusal the message when a process of that pid holds it
 * @throws when another process holds it
 */
export function lockFile(path: string, refusal: (pid: number) => string): FileLock {
  const own = identify(process.pid);
  if (own === null) throw new Error(`process ${process.pid} has no start time, expected one in /proc or from ps`);
  const notes = claim(path, own, refusal);
  let released = false;
  return {
    notes,
    write(changed) {
      if (!released) replaceFile(path, own, changed);
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
function claim(path: string, own: ProcessIdentity, refusal: (pid: number) => string): Notes {
  const draft = writeDraft(path, own, {});
  try {
    while (!linked(draft, path)) {
      const holder = readLock(path);
      if (holder === 'none') continue;
      refuseIfAlive(holder, refusal);
      const takeover = `${path}.takeover`;
      claim(takeover, own, refusal);
      try {
        const dead = readLock(path);
        if (dead === 'none') continue;
        refuseIfAlive(dead, refusal);
        const notes = dead === 'unreadable' ? {} : dead.notes;
        replaceFile(path, own, notes);
        return notes;
      } finally {
        rmSync(takeover, { force: true });
      }
    }
    return {};
  } finally {
    rmSync(draft, { force: true });
  }
}

type Holder = ProcessIdentity & { readonly notes: Notes };

function refuseIfAlive(holder: Holder | 'unreadable', refusal: (pid: number) => string): void {
  if (holder !== 'unreadable' && isAlive(holder)) throw new Error(refusal(holder.pid));
}

function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (NO_LINKS.includes(code)) return copied(draft, path);
    throw error;
  }
}

/** Of file systems without links, as on USB sticks and network drives. */
const NO_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

function copied(draft: string, path: string): boolean {
  try {
    copyFileSync(draft, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** `unreadable` is what a power failure may leave: nothing that it named can still run. */
function readLock(path: string): Holder | 'none' | 'unreadable' {
  try {
    const { pid, startTime, ...notes } = (JSON.parse(readFileSync(path, 'utf8')) ?? {}) as Partial<ProcessIdentity>;
    return pid !== undefined && Number.isInteger(pid) && startTime ? { pid, startTime, notes } : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable';
  }
}

function replaceFile(path: string, own: ProcessIdentity, notes: Notes): void {
  renameSync(writeDraft(path, own, notes), path);
}

function writeDraft(path: string, own: ProcessIdentity, notes: Notes): string {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, JSON.stringify({ ...own, ...notes }, null, 2), { mode: 0o600, flag: 'wx' });
    return draft;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
