import type { ChunkStored, StoreChunk } from '#agent-protocol';
import type { LargeValues } from '#large-values';

/** Largest value that an agent may store, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Uploads that a node may have begun at the same time; its agent asks again with what is too many. */
const NODE_UPLOADS = 4;

/** An agent sends the next piece at once; one of which nothing comes for this long is gone. */
const IDLE_MS = 60_000;

interface Upload {
  readonly node: string;
  readonly parts: Uint8Array[];
  received: number;
  /** On the monotonic clock. */
  touchedMs: number;
}

/** Large results on their way from agents, piece by piece; what is broken off begins again at offset 0. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  constructor(private readonly largeValues: LargeValues) {}

  /** Takes a piece and says which offset comes next; the value is stored once that equals its size. */
  async add(node: string, { sha256, size, offset }: StoreChunk, bytes: Uint8Array): Promise<ChunkStored> {
    if (!(size <= MAX_BYTES)) throw new RangeError(`size is ${size}, expected at most ${MAX_BYTES} bytes`);
    const key = `${node}/${sha256}`;
    const begun = this.#uploads.get(key);
    const upload = offset === 0 ? this.#begin(node, begun) : begun;
    if (!upload || upload.received !== offset) return { next: upload?.received ?? 0 };
    upload.touchedMs = performance.now();
    upload.parts.push(bytes);
    upload.received += bytes.length;
    this.#uploads.set(key, upload);
    if (upload.received < size) return { next: upload.received };
    this.#uploads.delete(key);
    const stored = await this.largeValues.put(Buffer.concat(upload.parts));
    return { next: stored.sha256 === sha256 ? size : 0 };
  }

  #begin(node: string, begun: Upload | undefined): Upload {
    const count = begun ? 0 : [...this.#uploads.values()].filter((upload) => upload.node === node).length;
    if (count >= NODE_UPLOADS) throw new RangeError(`${node} has ${count} uploads, expected at most ${NODE_UPLOADS}`);
    return { node, parts: [], received: 0, touchedMs: 0 };
  }

  /** Forgets uploads that seem to have been broken off. */
  sweep(nowMs: number): void {
    for (const [key, { touchedMs }] of this.#uploads) if (nowMs - touchedMs >= IDLE_MS) this.#uploads.delete(key);
  }
}
