import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Checkpoint } from '#domain';
import { chainHash, LOG_START } from '#event-log';
import { digestOfHeader } from '../check.js';
import { encodeCommit, encodeEnd, encodeHeader, encodePiece } from '../encode.js';
import { LEDGER_FORMAT } from '../format.js';
import type { LedgerHeader } from '../format.js';

/** What a commit of a made ledger holds: the data of its events, and texts that stand beside the log. */
export interface MadeCommit {
  readonly id: string;
  readonly data: readonly unknown[];
  readonly values: readonly string[];
  /** Gives the checkpoint that is its last event, for the place before it. */
  readonly checkpoint?: (place: { readonly number: number; readonly hash: string }) => Checkpoint;
}

const PIECE_BYTES = 5;

export const commits: fc.Arbitrary<MadeCommit[]> = fc.array(
  fc.record({
    id: fc.string({ minLength: 1 }),
    data: fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }),
    values: fc.array(fc.string({ minLength: 1 }), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** The lines of a ledger of these commits, each with its line end. */
export function ledgerOf(made: readonly MadeCommit[], stream = 'a-log'): Buffer[] {
  const header: LedgerHeader = {
    format: LEDGER_FORMAT,
    stream,
    program: 'daybook 0',
    exportedAt: '2027-05-05T12:00:00.000Z',
    first: 1,
    last: made.flatMap(({ data, values, checkpoint }) => [...data, ...values, ...(checkpoint ? [1] : [])]).length,
  };
  const lines = [encodeHeader(header)];
  const seen = new Set<string>();
  let { number, hash } = LOG_START;
  for (const { id, data, values, checkpoint } of made) {
    const stored = values.map((text) => valueOf(text));
    for (const { sha256, size, bytes } of stored.filter((value) => !seen.has(value.sha256))) {
      if (seen.has(sha256)) continue;
      seen.add(sha256);
      for (let at = 0; at < size; at += PIECE_BYTES) {
        lines.push(encodePiece({ sha256, size, at, bytes: bytes.subarray(at, at + PIECE_BYTES) }));
      }
    }
    const large = stored.map(({ sha256, size }) => ({ large: { sha256, size } }));
    // What looks like a large value in what people have written is none.
    const written = data.map((json) => ({ userdata: json, result: { large: { sha256: '0'.repeat(64), size: 1 } } }));
    const facts = [
      ...[...written, ...large].map((each) => ({ data: each })),
      ...(checkpoint ? [{ type: 'daybook.log.checkpoint-signed', data: checkpoint({ number, hash }) }] : []),
    ];
    const all = facts.map((fact, index) => ({
      id: String(number + 1 + index),
      source: `/daybook/${stream}/0`,
      ...fact,
    }));
    const firstNumber = number + 1;
    const previousHash = hash;
    const payload = Buffer.from(JSON.stringify(all));
    hash = chainHash(previousHash, { partition: 0, firstNumber, id, payload });
    number += all.length;
    lines.push(encodeCommit({ id, firstNumber, lastNumber: number, previousHash, hash, payload }));
  }
  const counts = { commits: made.length, events: number, values: seen.size };
  lines.push(encodeEnd({ header: digestOfHeader(header), ...counts, number, hash }));
  return lines;
}

function valueOf(text: string) {
  const bytes = Buffer.from(text);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, bytes };
}
