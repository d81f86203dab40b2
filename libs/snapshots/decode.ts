import { createHash } from 'node:crypto';
import { restoreState, STATE_VERSION } from '#domain';
import { LOG_FORMAT } from '#event-log';
import { sealOf } from './encode.js';
import type { Snapshot, SnapshotHeader } from './encode.js';

const NEWLINE = 10;

/**
 * Reads a snapshot piece by piece.
 * @throws Error when it is of another log or version, or not as it was written
 */
export async function decodeSnapshot(chunks: AsyncIterable<Uint8Array>, streamId: string): Promise<Snapshot> {
  const restoring = restoreState();
  const hash = createHash('sha256');
  const decoder = new TextDecoder();
  let header: SnapshotHeader | null = null;
  let lines = 0;
  let unfinished = '';
  for await (const chunk of chunks) {
    let body = chunk;
    if (header === null) {
      const end = chunk.indexOf(NEWLINE);
      header = readHeader(Buffer.from(chunk.subarray(0, end)).toString(), streamId);
      body = chunk.subarray(end + 1);
    }
    hash.update(body);
    const texts = (unfinished + decoder.decode(body, { stream: true })).split('\n');
    unfinished = texts.pop()!;
    for (const text of texts) restoring.add(text);
    lines += texts.length;
  }
  if (header === null) throw new Error('it is empty');
  if (lines !== header.lines) throw new Error(`it has ${lines} lines, expected ${header.lines}`);
  const { sha256: expected, ...about } = header;
  const sha256 = sealOf(hash, about);
  if (sha256 !== expected) throw new Error(`its SHA-256 is ${sha256}, expected ${expected}`);
  return { position: header.position, state: restoring.finish() };
}

function readHeader(line: string, streamId: string): SnapshotHeader {
  const header = JSON.parse(line) as SnapshotHeader;
  if (header.streamId !== streamId) throw new Error(`it is of log ${header.streamId}, expected ${streamId}`);
  if (header.stateVersion !== STATE_VERSION) {
    throw new Error(`it has state version ${header.stateVersion}, expected ${STATE_VERSION}`);
  }
  if (header.logFormat > LOG_FORMAT) {
    throw new Error(`it is of log format level ${header.logFormat}, expected at most ${LOG_FORMAT}`);
  }
  return header;
}
