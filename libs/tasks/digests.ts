import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export interface Digest {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

const known = new Map<string, { readonly mtimeMs: number; readonly digest: Promise<Digest> }>();

/** A file's SHA-256, computed again only when its time or size has changed. @throws when it cannot be read */
export async function digestOf(path: string): Promise<Digest> {
  const { mtimeMs, size } = await stat(path);
  const before = known.get(path);
  if (before?.mtimeMs === mtimeMs && (await before.digest).size === size) return before.digest;
  const digest = read(path);
  known.set(path, { mtimeMs, digest });
  digest.catch(() => known.delete(path));
  return digest;
}

async function read(path: string): Promise<Digest> {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
    }
  });
  return { sha256: hash.digest('hex'), size };
}
