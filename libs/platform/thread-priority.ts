import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { getPriority, setPriority } from 'node:os';

/** A third of the share of a core that the other threads get. */
const LOWER_BY = 5;

/** Lets the calling thread give way to all others where they need the cores; for Linux, where threads have priorities. */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  setPriority(Number(basename(readlinkSync('/proc/thread-self'))), getPriority() + LOWER_BY);
}
