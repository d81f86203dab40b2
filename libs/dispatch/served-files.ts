import { open } from 'node:fs/promises';
import type { FetchChunk } from '#agent-protocol';
import type { LargeValues } from '#large-values';
import type { Task } from '#tasks';

/** Bytes that one answer carries. */
const CHUNK_BYTES = 256 * 1024;

/** Digests that are remembered with the file they were seen in. */
const REMEMBERED = 10_000;

export interface Chunk {
  readonly bytes: Uint8Array;
  /** Of the whole, in bytes. */
  readonly size: number;
}

/** What agents fetch by digest: files of tasks that were sent to them, and large parameters. */
export class ServedFiles {
  readonly #sources = new Map<string, { readonly source: string; readonly size: number }>();

  constructor(private readonly largeValues: LargeValues) {}

  add(task: Task): void {
    for (const { sha256, source, size } of task.files) {
      this.#sources.delete(sha256);
      this.#sources.set(sha256, { source, size });
    }
    for (const sha256 of this.#sources.keys()) {
      if (this.#sources.size <= REMEMBERED) break;
      this.#sources.delete(sha256);
    }
  }

  /** A piece from `offset` on; null: nothing is known under this digest. */
  async read({ sha256, offset }: FetchChunk): Promise<Chunk | null> {
    const file = this.#sources.get(sha256);
    return file ? readFilePart(file.source, file.size, offset) : this.#readLarge(sha256, offset);
  }

  async #readLarge(sha256: string, offset: number): Promise<Chunk | null> {
    let size = 0;
    const parts: Uint8Array[] = [];
    try {
      for await (const part of this.largeValues.get(sha256)) {
        const from = Math.max(0, offset - size);
        const to = Math.max(0, offset + CHUNK_BYTES - size);
        parts.push(part.subarray(from, to));
        size += part.length;
      }
    } catch {
      return null;
    }
    return { bytes: Buffer.concat(parts), size };
  }
}

async function readFilePart(source: string, size: number, offset: number): Promise<Chunk | null> {
  const file = await open(source).catch(() => null);
  if (!file) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, offset);
    return { bytes: buffer.subarray(0, bytesRead), size };
  } finally {
    await file.close();
  }
}
