import type { ChunkStored, StoreChunk } from '#agent-protocol';
import type { LargeValues } from '#large-values';

/** Largest value that an agent may store, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

interface Upload {
  readonly parts: Uint8Array[];
  received: number;
}

/** Large results on their way from agents, piece by piece; what is broken off begins again at offset 0. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  constructor(private readonly largeValues: LargeValues) {}

  /** Takes a piece and says which offset comes next; the value is stored once that equals its size. */
  async add(node: string, { sha256, size, offset }: StoreChunk, bytes: Uint8Array): Promise<ChunkStored> {
    if (!(size <= MAX_BYTES)) throw new RangeError(`size is ${size}, expected at most ${MAX_BYTES} bytes`);
    const key = `${node}/${sha256}`;
    const upload = offset === 0 ? { parts: [], received: 0 } : this.#uploads.get(key);
    if (!upload || upload.received !== offset) return { next: upload?.received ?? 0 };
    upload.parts.push(bytes);
    upload.received += bytes.length;
    this.#uploads.set(key, upload);
    if (upload.received < size) return { next: upload.received };
    this.#uploads.delete(key);
    const stored = await this.largeValues.put(Buffer.concat(upload.parts));
    return { next: stored.sha256 === sha256 ? size : 0 };
  }
}
