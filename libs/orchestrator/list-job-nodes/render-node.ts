import type { LargeValue } from '#domain';
import { ValueLost } from '#large-values';
import type { NodeRow, ShownSpec } from '#read-store';
import { presentNode } from './present-node.js';

type Chunk = string | Uint8Array;

/** Reads a large value by its digest. */
type BytesOf = (sha256: string) => AsyncIterable<Uint8Array>;

/** All of it before the first piece is sent: only then is it sure to be what its digest says. */
async function piecesOf(large: LargeValue, bytesOf: BytesOf): Promise<readonly Chunk[]> {
  try {
    return await Array.fromAsync(bytesOf(large.sha256));
  } catch (error) {
    if (error instanceof ValueLost) return [JSON.stringify(large)];
    throw error;
  }
}

async function* withWholeResult(item: string, large: LargeValue, bytesOf: BytesOf): AsyncGenerator<Chunk> {
  yield `${item.slice(0, -1)},"result":`;
  yield* await piecesOf(large, bytesOf);
  yield '}';
}

/**
 * The JSON of a node with its result; one that was too large for its event is read from where it stands, and where it is
 * lost its digest is shown.
 */
export function renderNode(row: NodeRow, spec: ShownSpec, nowMs: number, reportUrl: string, bytesOf: BytesOf) {
  const item = presentNode(row, spec, nowMs, reportUrl);
  if (row.large) return withWholeResult(JSON.stringify(item), row.large, bytesOf);
  const result = row.error ?? row.result;
  return JSON.stringify(result === null ? item : { ...item, result });
}
