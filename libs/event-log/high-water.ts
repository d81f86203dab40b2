import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { LOG_START } from './port.js';
import type { LogPosition } from './port.js';

/** How often the mark is brought up to date while the log grows. */
const WRITE_EVERY_MS = 1000;

/** The furthest place ever seen in a log, kept outside it, so that a log that lost its end is noticed. */
export class HighWaterMark {
  #highest: LogPosition;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    /** As it stood when it was opened. */
    readonly found: LogPosition,
  ) {
    this.#highest = found;
  }

  /** @throws Error when the file is there and holds no position; the message says what to do */
  static open(path: string): HighWaterMark {
    return new HighWaterMark(path, read(path));
  }

  note(position: LogPosition): void {
    if (position.number <= this.#highest.number) return;
    this.#highest = position;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, WRITE_EVERY_MS).unref();
  }

  /** Writes the mark as it is now. A write that fails is made good by the next one. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() =>
      replaceFile(this.path, JSON.stringify(this.#highest)).catch(() => undefined),
    );
    return this.#writing;
  }
}

function read(path: string): LogPosition {
  let problem: string;
  try {
    const text = readFileSync(path, 'utf8');
    const mark: unknown = JSON.parse(text);
    if (isPosition(mark)) return mark;
    problem = `is '${text.slice(0, 200)}'`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return LOG_START;
    problem = `cannot be read (${(error as Error).message})`;
  }
  throw new Error(
    `${path} ${problem}, expected number, sequence and hash of the furthest place seen in the log; ` +
      'put it back, or remove it: the log is then held against the tables alone',
  );
}

function isPosition(json: unknown): json is LogPosition {
  const { number, sequence, hash } = (json ?? {}) as Partial<LogPosition>;
  return (
    [number, sequence].every((each) => Number.isSafeInteger(each) && each! >= 0) && /^[0-9a-f]{64}$/.test(hash ?? '')
  );
}

async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { flush: true });
  await rename(`${path}.new`, path);
}
