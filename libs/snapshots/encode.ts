import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { setImmediate as immediate } from 'node:timers/promises';
import { encodeState, STATE_VERSION } from '#domain';
import type { State } from '#domain';
import { LOG_FORMAT } from '#event-log';
import type { LogPosition } from '#event-log';
import type { EncodedSnapshot } from './store.js';

/** What the object store takes and gives at once. */
export const CHUNK_BYTES = 128 * 1024;

/** The state after a commit of the log. */
export interface Snapshot {
  readonly position: LogPosition;
  readonly state: State;
}

/** The first line of a snapshot: what must be so before the lines below it are of any use. */
export interface SnapshotHeader {
  readonly streamId: string;
  readonly position: LogPosition;
  readonly stateVersion: number;
  readonly logFormat: number;
  /** Lines below this one. */
  readonly lines: number;
  /** SHA-256 of all bytes below this line and of the JSON of what stands above, hex. */
  readonly sha256: string;
}

/** The SHA-256 of a snapshot, once its lines have been given to `hash`. */
export function sealOf(hash: Hash, about: Omit<SnapshotHeader, 'sha256'>): string {
  return hash.update(JSON.stringify(about)).digest('hex');
}

/** A snapshot as JSON lines: a header, and one line an entity. The lines are made twice, and never held together. */
export async function encodeSnapshot({ position, state }: Snapshot, streamId: string): Promise<EncodedSnapshot> {
  const hash = createHash('sha256');
  let lines = 0;
  let bytes = 0;
  for (const chunk of chunksOf(counted())) {
    hash.update(chunk);
    bytes += chunk.length;
    await immediate();
  }
  const about = { streamId, position, stateVersion: STATE_VERSION, logFormat: LOG_FORMAT, lines };
  const first = JSON.stringify({ ...about, sha256: sealOf(hash, about) } satisfies SnapshotHeader);
  return { number: position.number, bytes: Buffer.byteLength(first) + 1 + bytes, chunks: () => chunksOf(withHeader()) };

  function* counted() {
    for (const line of encodeState(state)) {
      lines++;
      yield line;
    }
  }

  function* withHeader() {
    yield first;
    yield* encodeState(state);
  }
}

/** Ends each line, and puts lines together to chunks of the same size. */
function* chunksOf(lines: Iterable<string>): Iterable<Uint8Array> {
  let text = '';
  let bytes = Buffer.alloc(0);
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < CHUNK_BYTES) continue;
    bytes = Buffer.concat([bytes, Buffer.from(text)]);
    text = '';
    for (; bytes.length >= CHUNK_BYTES; bytes = bytes.subarray(CHUNK_BYTES)) yield bytes.subarray(0, CHUNK_BYTES);
  }
  yield Buffer.concat([bytes, Buffer.from(text)]);
}
