import { readlinkSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { constants, getPriority, setPriority } from 'node:os';

/** A third of the share of a core that the other threads get. */
const LOWER_BY = 5;

/** What a process that has all the time there is gets beside others: a tenth of their share. */
const LOWEST_NICENESS = 10;

/**
 * Lets the calling thread, and those that it starts from then on, give way to the others of its process where they need
 * the cores; for Linux, where threads have priorities.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  const thread = Number(basename(readlinkSync('/proc/thread-self')));
  setPriority(thread, Math.min(getPriority() + LOWER_BY, constants.priority.PRIORITY_LOW));
}

/** Lets this process give way to all others. Linux shares the cores out between sessions first, where it is set to. */
export function giveWayToAll(): void {
  if (getPriority() < LOWEST_NICENESS) setPriority(LOWEST_NICENESS);
  try {
    writeFileSync('/proc/self/autogroup', String(LOWEST_NICENESS));
  } catch {
    // Not Linux, or not allowed: then the session counts as much as any other.
  }
}
