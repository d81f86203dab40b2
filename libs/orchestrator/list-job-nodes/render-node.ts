import type { NodeRow } from '#read-store';
import { presentNode } from './present-node.js';

/** Reads a large value by its digest. */
type BytesOf = (sha256: string) => AsyncIterable<Uint8Array>;

async function* withWholeResult(item: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string | Uint8Array> {
  yield `${item.slice(0, -1)},"result":`;
  yield* bytes;
  yield '}';
}

/** The JSON of a node with its result; one that was too large for its event is read in pieces from where it stands. */
export function renderNode(row: NodeRow, task: string, nowMs: number, bytesOf: BytesOf) {
  const item = presentNode(row, task, nowMs);
  if (row.large) return withWholeResult(JSON.stringify(item), bytesOf(row.large.sha256));
  const result = row.error ?? row.result;
  return JSON.stringify(result === null ? item : { ...item, result });
}
