import { LEDGER_FORMAT } from './format.js';
import type { LedgerLine } from './format.js';

const EVENTS = Buffer.from(',"events":');

/** Where the events of a commit begin, it has said all else: no id is as long. */
const COMMIT_HEAD_BYTES = 4096;

type Json = Readonly<Record<string, unknown>>;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * Reads a line of a ledger, given without its line end.
 * @throws Error with what it is and what was expected, when it is no line of a ledger
 */
export function parseLine(bytes: Buffer): LedgerLine {
  const at = bytes.subarray(0, COMMIT_HEAD_BYTES).indexOf(EVENTS);
  const isCommit = at >= 0 && bytes.toString('latin1', 0, 10) === '{"commit":';
  const json = parseObject(isCommit ? `${bytes.toString('utf8', 0, at)}}` : bytes.toString());
  const line = json && (isCommit ? commitOf(json, bytes.subarray(at + EVENTS.length, -1)) : otherOf(json));
  const isClosed = !isCommit || bytes.at(-1) === 0x7d;
  if (line && isClosed) return line;
  throw new Error(`the line is '${bytes.toString('utf8', 0, 60)}…', expected one of a ledger (${LEDGER_FORMAT})`);
}

function parseObject(text: string): Json | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Json) : null;
  } catch {
    return null;
  }
}

function commitOf({ commit: id, first, last, previous, hash }: Json, payload: Buffer): LedgerLine | null {
  if (!isText(id) || !isCount(first) || !isCount(last) || !isHash(previous) || !isHash(hash)) return null;
  return { kind: 'commit', id, firstNumber: first, lastNumber: last, previousHash: previous, hash, payload };
}

function otherOf(json: Json): LedgerLine | null {
  if ('format' in json) return headerOf(json);
  if ('value' in json) return pieceOf(json);
  if ('end' in json) return endOf((json['end'] ?? {}) as Json);
  return isText(json['broken']) ? { kind: 'broken', problem: json['broken'] } : null;
}

function headerOf({ format, stream, program, exportedAt, first, last }: Json): LedgerLine | null {
  if (format !== LEDGER_FORMAT) {
    throw new Error(
      `the format is '${String(format)}', expected ${LEDGER_FORMAT}: another Daybook may have written it`,
    );
  }
  if (!isText(stream) || !isText(program) || !isText(exportedAt) || !isCount(first) || !isCount(last)) return null;
  return { kind: 'header', header: { format, stream, program, exportedAt, first, last } };
}

function pieceOf({ value: sha256, size, at, base64 }: Json): LedgerLine | null {
  if (!isHash(sha256) || !isCount(size) || !isCount(at) || typeof base64 !== 'string') return null;
  const bytes = Buffer.from(base64, 'base64');
  // Several texts stand for the same bytes; one is written.
  return bytes.toString('base64') === base64 ? { kind: 'piece', sha256, size, at, bytes } : null;
}

function endOf({ header, commits, events, values, number, hash }: Json): LedgerLine | null {
  if (!isCount(commits) || !isCount(events) || !isCount(values) || !isCount(number) || !isHash(hash) || !isHash(header))
    return null;
  return { kind: 'end', end: { header, commits, events, values, number, hash } };
}
