import type { LedgerCommit, LedgerEnd, LedgerHeader, LedgerPiece } from './format.js';

const LINE_END = Buffer.from('\n');
const COMMIT_END = Buffer.from('}\n');

const line = (json: object) => Buffer.from(`${JSON.stringify(json)}\n`);

export const encodeHeader = (header: LedgerHeader): Buffer => line(header);

export const encodeEnd = (end: LedgerEnd): Buffer => line({ end });

export const encodeBroken = (problem: string): Buffer => line({ broken: problem });

export function encodePiece({ sha256, size, at, bytes }: LedgerPiece): Buffer {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return line({ value: sha256, size, at, base64 });
}

/**
 * The payload stands in its line as it is, which makes one JSON text of it without a second look at each byte.
 * @throws Error when it holds a line end, which JSON needs nowhere and Daybook writes nowhere
 */
export function encodeCommit({ id, firstNumber, lastNumber, previousHash, hash, payload }: LedgerCommit): Buffer {
  if (payload.includes(LINE_END[0]!)) throw new Error(`commit ${id} holds a line end, expected JSON in one line`);
  const said = JSON.stringify({ commit: id, first: firstNumber, last: lastNumber, previous: previousHash, hash });
  return Buffer.concat([Buffer.from(`${said.slice(0, -1)},"events":`), payload, COMMIT_END]);
}
