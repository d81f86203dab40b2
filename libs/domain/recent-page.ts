import type { Answer } from './command.js';
import { TextRows } from './compact/text-rows.js';

export interface RecentCommand {
  readonly answer: Answer;
  /** Number of the event that the answer was made from. */
  readonly number: number;
  readonly timeMs: number;
  readonly bodyDigest: string | undefined;
}

/** Commands of a page: 2 to the power of this. */
export const PAGE_BITS = 12;
const PAGE_ROWS = 1 << PAGE_BITS;

/** A UUID has 36; a derived id with a digest has 65. */
const TEXT_BYTES = 40;

/** What an answer is, where a kind and two numbers say it all. */
const KINDS = ['other', 'done', 'scheduled', 'created', 'app-job'] as const;

/** Commands in the order in which they came, as columns: beside its texts a command takes about 40 bytes. */
export class RecentPage {
  /** Of every command two: its id, and the digest of its body or nothing. */
  readonly #texts = new TextRows(2 * PAGE_ROWS, TEXT_BYTES * PAGE_ROWS);
  readonly #hashes = new Int32Array(PAGE_ROWS);
  readonly #numbers = new Float64Array(PAGE_ROWS);
  readonly #timesMs = new Float64Array(PAGE_ROWS);
  readonly #kinds = new Uint8Array(PAGE_ROWS);
  readonly #subjects = new Float64Array(PAGE_ROWS);
  /** From the first row that has a second number. */
  #seconds: Float64Array | null = null;
  readonly #others = new Map<number, Answer>();

  /** Adds a command as the row after the last. */
  add(row: number, id: string, hash: number, { answer, number, timeMs, bodyDigest }: RecentCommand): void {
    this.#texts.add(id);
    this.#texts.add(bodyDigest ?? '');
    this.#hashes[row] = hash;
    this.#numbers[row] = number;
    this.#timesMs[row] = timeMs;
    const numbers = numbersOf(answer);
    if (numbers === null) {
      this.#others.set(row, answer);
      return;
    }
    const [subject, second = 0] = numbers;
    this.#kinds[row] = KINDS.indexOf(answer.kind as (typeof KINDS)[number]);
    this.#subjects[row] = subject;
    if (second !== 0) (this.#seconds ??= new Float64Array(PAGE_ROWS))[row] = second;
  }

  get(row: number): RecentCommand {
    return {
      answer: this.#answer(row),
      number: this.#numbers[row]!,
      timeMs: this.#timesMs[row]!,
      bodyDigest: this.#texts.get(2 * row + 1) || undefined,
    };
  }

  idOf(row: number): string {
    return this.#texts.get(2 * row);
  }

  isOf(row: number, id: string): boolean {
    return this.#texts.isEqual(2 * row, id);
  }

  hashOf(row: number): number {
    return this.#hashes[row]!;
  }

  timeMsOf(row: number): number {
    return this.#timesMs[row]!;
  }

  #answer(row: number): Answer {
    const subject = this.#subjects[row]!;
    switch (KINDS[this.#kinds[row]!]!) {
      case 'done':
        return { kind: 'done' };
      case 'scheduled':
        return { kind: 'scheduled', scheduledJob: subject };
      case 'created':
        return { kind: 'created', job: subject };
      case 'app-job':
        return { kind: 'app-job', id: subject, version: this.#seconds?.[row] ?? 0 };
      case 'other':
        return this.#others.get(row)!;
    }
  }
}

/** What an answer gives beside its kind; null: more than numbers. */
function numbersOf(answer: Answer): readonly [number, number?] | null {
  switch (answer.kind) {
    case 'done':
      return [0];
    case 'scheduled':
      return [answer.scheduledJob];
    case 'created':
      return [answer.job];
    case 'app-job':
      return [answer.id, answer.version];
    default:
      return null;
  }
}
