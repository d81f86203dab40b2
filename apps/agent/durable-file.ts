import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Logger } from '#platform';

/** Writes a file so that, once this returns, it is there whole after a power failure; before, the old one or none is. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  try {
    await using file = await open(draft, 'w', 0o600);
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/** Makes what was created, renamed or removed in a folder outlive a power failure. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

/** The text of a file; null: there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** What the name of a file ends with that was moved aside. */
export const UNREADABLE = '.unreadable';

/**
 * What a file holds; null: there is none, or none that can be read. Such a one is moved aside with a warning, so that
 * it stops nobody and can be looked at.
 * @param parse throws where the text is not what it should be
 * @param whole what is moved; default the file itself
 */
export async function readOrMoveAside<T>(
  path: string,
  parse: (text: string) => T,
  logger: Logger,
  whole = path,
): Promise<T | null> {
  try {
    const text = await readIfThere(path);
    return text === null ? null : parse(text);
  } catch (error) {
    await moveAside(whole, error, logger);
    return null;
  }
}

/** Moves what cannot be read out of the way, in the place of what was moved there before. */
export async function moveAside(path: string, error: unknown, logger: Logger): Promise<void> {
  const aside = `${path}${UNREADABLE}`;
  await rm(aside, { recursive: true, force: true });
  await rename(path, aside);
  logger.warn({ err: error }, `${path} cannot be read; it was moved to ${aside}`);
}
