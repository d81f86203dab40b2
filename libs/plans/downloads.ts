import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join, normalize } from 'node:path';
import type { JsonObject } from '#domain';
import type { NodeOutcome } from '#plan-language';
import { unpackInto } from './archive.js';

/** Where the files of one download are kept. */
export interface DownloadPlace {
  /** Folder of the step, which nothing else writes to. */
  readonly folder: string;
  /** Path on the nodes. */
  readonly source: string;
  /** Path below the folder. */
  readonly destination: string;
}

/**
 * Keeps what a node has sent: `<folder>/<destination>/<node>/<name of the source>`, in place of what is there.
 * @returns the outcome with the path of the file in place of its content, or as a failure where it cannot be kept
 */
export async function keepDownload(outcome: NodeOutcome, place: DownloadPlace): Promise<NodeOutcome> {
  try {
    return await kept(outcome, place);
  } catch (error) {
    const msg = `The download of ${place.source} cannot be kept: ${(error as Error).message}`;
    return { ...outcome, status: 'failure', value: { _error: { kind: 'daybook/download-error', msg, details: {} } } };
  }
}

async function kept(outcome: NodeOutcome, place: DownloadPlace): Promise<NodeOutcome> {
  const { content, directory, mode } = outcome.value as JsonObject & { readonly mode?: number };
  if (outcome.status === 'failure' || typeof content !== 'string') return outcome;
  const { folder, source } = place;
  // Neither a plan nor a node leads out of the folder.
  const inside = (path: string) => normalize(join('/', path));
  const parent = join(folder, inside(place.destination), inside(outcome.target));
  const path = join(parent, basename(inside(source)) || 'download');
  const bytes = Buffer.from(content, 'base64');
  // Links of an earlier try must lead nowhere.
  await rm(parent, { recursive: true, force: true });
  await mkdir(directory === true ? path : parent, { recursive: true });
  if (directory === true) await unpackInto(path, bytes);
  else await writeFile(path, bytes, { mode: (mode ?? 0o600) & 0o777 });
  return { ...outcome, value: { path, _output: `Downloaded '${outcome.target}:${source}' to '${path}'` } };
}
