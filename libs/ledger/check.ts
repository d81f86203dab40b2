import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { chainHash, LOG_START } from '#event-log';
import { LedgerBroken } from './broken.js';
import { CheckpointCheck } from './checkpoints.js';
import type { Expected, VouchedFor } from './checkpoints.js';
import { encodeHeader } from './encode.js';
import type { UncheckedEvent } from './events-in.js';
import type { LedgerCommit, LedgerEnd, LedgerHeader, LedgerLine, LedgerPiece } from './format.js';

/** The only one that logs have. */
export const PARTITION = 0;

interface OpenValue {
  readonly sha256: string;
  readonly size: number;
  readonly hash: Hash;
  received: number;
}

/**
 * Holds each line of a ledger against all before it: numbers, chain and large values. What it has taken is whole up to
 * there; what the commits say is looked at by `checkEvents`.
 */
export class LedgerCheck {
  #header: LedgerHeader | null = null;
  #headerDigest = '';
  #end: LedgerEnd | null = null;
  #number = LOG_START.number;
  #hash = LOG_START.hash;
  #commits = 0;
  #open: OpenValue | null = null;
  readonly #values = new Map<string, number>();
  readonly #checkpoints: CheckpointCheck;

  constructor(expected: Expected = { keys: [], kept: null }) {
    this.#checkpoints = new CheckpointCheck(expected);
  }

  /** Null: the first line has not come yet. */
  get header(): LedgerHeader | null {
    return this.#header;
  }

  /** What came until now, as the last line would have it. */
  get held(): LedgerEnd {
    const number = this.#number;
    const counts = { commits: this.#commits, events: number, values: this.#values.size };
    return { header: this.#headerDigest, ...counts, number, hash: this.#hash };
  }

  /** Bytes of a large value that has come whole; undefined: it has not. */
  sizeOf(sha256: string): number | undefined {
    return this.#values.get(sha256);
  }

  /** What the checkpoints that came until now vouch for. */
  get vouchedFor(): VouchedFor {
    return this.#checkpoints.vouchedFor;
  }

  /** @throws LedgerBroken when the line does not follow from those before it */
  take(line: LedgerLine): void {
    if (line.kind === 'broken') throw this.broken(line.problem);
    if (this.#end) throw this.broken('another line follows the last one, expected none');
    if (line.kind === 'header') return this.#begin(line.header);
    if (!this.#header) throw this.broken(`the first line is a ${line.kind}, expected the header`);
    switch (line.kind) {
      case 'piece':
        return this.#takePiece(line);
      case 'commit':
        return this.#takeCommit(line);
      case 'end':
        return this.#takeEnd(line.end);
    }
  }

  /** @throws LedgerBroken when the checkpoint, an event of the last commit that was taken, does not fit the log */
  takeCheckpoint(event: UncheckedEvent, commit: string): void {
    const from = this.vouchedFor.number + 1;
    const problem = this.#checkpoints.takeCheckpoint(event, this.#header!.stream);
    if (problem !== null) throw new LedgerBroken({ event: from, commit }, `event ${String(event.id)}: ${problem}`);
  }

  /** For when no line is left. @throws LedgerBroken when the last one was not the ledger's last */
  finish(): void {
    if (!this.#end) throw this.broken('the ledger ends here, expected further lines and a last one that says its end');
  }

  /** What is wrong with the line that is looked at. */
  broken(problem: string, cause?: unknown): LedgerBroken {
    return new LedgerBroken({ event: this.#number + 1, commit: null }, problem, { cause });
  }

  #begin(header: LedgerHeader): void {
    if (this.#header) throw this.broken('a second header comes here, expected one only');
    if (header.first !== 1) throw this.broken(`the ledger begins with event ${header.first}, expected 1`);
    const another = this.#checkpoints.begin(header.stream);
    if (another !== null) throw this.broken(another);
    this.#header = header;
    this.#headerDigest = digestOfHeader(header);
  }

  #takePiece({ sha256, size, at, bytes }: LedgerPiece): void {
    if (this.#values.has(sha256)) throw this.broken(`large value ${sha256} comes a second time, expected it once`);
    // One that was broken off begins anew where an export goes on.
    if (at === 0) this.#open = { sha256, size, hash: createHash('sha256'), received: 0 };
    const open = this.#open;
    if (open?.sha256 !== sha256 || open.size !== size || open.received !== at || at + bytes.length > size) {
      const expected = open ? `${open.received} of ${open.sha256}` : '0 of a value';
      throw this.broken(`bytes from ${at} of large value ${sha256} come here, expected those from ${expected}`);
    }
    open.hash.update(bytes);
    open.received += bytes.length;
    if (open.received < size) return;
    const actual = open.hash.digest('hex');
    if (actual !== sha256) throw this.broken(`a large value has the digest ${actual}, expected ${sha256}`);
    this.#values.set(sha256, size);
    this.#open = null;
  }

  #takeCommit(commit: LedgerCommit): void {
    const { id, firstNumber, lastNumber, previousHash, payload } = commit;
    const problem = (text: string) => new LedgerBroken({ event: this.#number + 1, commit: id }, text);
    if (this.#open) throw problem(`large value ${this.#open.sha256} is not whole, expected ${this.#open.size} bytes`);
    if (firstNumber !== this.#number + 1) {
      throw problem(`the commit begins with event ${firstNumber}, expected ${this.#number + 1}`);
    }
    if (lastNumber < firstNumber)
      throw problem(`the commit ends with event ${lastNumber}, expected ${firstNumber} or more`);
    if (previousHash !== this.#hash) {
      throw problem(`the commit follows one with hash ${previousHash}, expected ${this.#hash}`);
    }
    const hash = chainHash(previousHash, { partition: PARTITION, firstNumber, id, payload });
    if (hash !== commit.hash) throw problem(`the commit has the hash ${hash}, expected ${commit.hash}: it was changed`);
    this.#number = lastNumber;
    this.#hash = hash;
    this.#commits++;
    const anew = this.#checkpoints.takeCommit(firstNumber, lastNumber, hash);
    if (anew !== null) throw new LedgerBroken({ event: this.vouchedFor.number + 1, commit: id }, anew);
  }

  #takeEnd(end: LedgerEnd): void {
    if (this.#open)
      throw this.broken(`large value ${this.#open.sha256} is not whole, expected ${this.#open.size} bytes`);
    const { held } = this;
    const cut = this.#checkpoints.finish(held.number);
    if (cut !== null) throw this.broken(cut);
    for (const key of ['number', 'hash', 'commits', 'events', 'values', 'header'] as const) {
      if (held[key] === end[key]) continue;
      throw this.broken(`the last line has ${key} ${end[key]}, expected ${held[key]}: the ledger was cut or changed`);
    }
    this.#end = end;
  }
}

/** SHA-256 of the line of a header, hex. */
export const digestOfHeader = (header: LedgerHeader): string =>
  createHash('sha256').update(encodeHeader(header)).digest('hex');
