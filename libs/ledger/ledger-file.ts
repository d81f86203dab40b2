import { constants } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { lockFile } from '#platform';
import type { FileLock } from '#platform';
import { beginningOf, BlockBroken, encodeBlock, readBlocks } from './blocks.js';
import { LedgerBroken } from './broken.js';
import { LedgerCheck } from './check.js';
import { encodeEnd } from './encode.js';
import { parsed } from './read-ledger.js';
import { linesIn } from './split-lines.js';

/** Text that is compressed at once; what is killed while it writes loses about twice as much. */
const BLOCK_BYTES = 1024 * 1024;

/** The log holds what people have written, and digests of passwords and tokens. */
const MODE = 0o600;

const LINE_END = Buffer.from('\n');

/** A ledger's file while it is written: `<file>.part` until it is whole. */
export interface LedgerFile {
  /** What it holds. */
  readonly check: LedgerCheck;
  /** Adds a line that `check` has taken, without its line end; no faster than the disk takes it. */
  add(line: Buffer): Promise<void>;
  /** Adds the last line, and gives the file its name; one that had the name is replaced. */
  finish(): Promise<void>;
  /** Leaves what there is as `<file>.part`, for the next time. @throws Error when the disk did not take all of it */
  close(): Promise<void>;
}

/** How much of an earlier export was read. */
export interface PartProgress {
  /** Number of its last event. */
  readonly number: number;
  /** From 0 to 1. */
  readonly share: number;
}

/**
 * Opens the file that is to become `path`. Where an earlier export was broken off it goes on, after what is whole of it.
 * @param onRead told while an earlier export is read
 * @throws Error when another process writes the file, or when `<file>.part` is there and is no beginning of an export
 */
export async function openLedgerFile(
  path: string,
  onRead: (progress: PartProgress) => void = () => undefined,
): Promise<LedgerFile> {
  const part = `${path}.part`;
  const file = await open(part, constants.O_RDWR | constants.O_CREAT, MODE);
  let lock: FileLock | null = null;
  try {
    const held = lockFile(
      `${part}.lock`,
      (pid) => `${part} is written by process ${pid}, expected it to be left alone`,
    );
    lock = held;
    const check = new LedgerCheck();
    const end = await readPart(file, check, onRead);
    await file.truncate(end);
    return writerOf(file, check, end, { onWhole: () => rename(part, path), onClosed: () => held.release() });
  } catch (error) {
    await file.close();
    lock?.release();
    if (!(error instanceof LedgerBroken)) throw error;
    throw new Error(`${part} is no beginning of an export (${error.message}), expected it to be removed`, {
      cause: error,
    });
  }
}

/** Where what is whole of a file ends, in bytes; the last line does not count, as more may come before it. */
async function readPart(
  file: FileHandle,
  check: LedgerCheck,
  onRead: (progress: PartProgress) => void,
): Promise<number> {
  const { size } = await file.stat();
  if ((await beginningOf(file)) !== 'blocks') throw check.broken('it does not begin as an export does');
  let end = 0;
  try {
    for await (const block of readBlocks(file)) {
      for (const bytes of linesIn(block.text).lines) {
        const line = parsed(bytes, check);
        if (line.kind === 'end') return end;
        check.take(line);
      }
      end = block.end;
      onRead({ number: check.held.number, share: end / size });
    }
  } catch (error) {
    // Torn, from here on.
    if (!(error instanceof BlockBroken)) throw error;
  }
  return end;
}

interface Told {
  readonly onWhole: () => Promise<void>;
  readonly onClosed: () => void;
}

function writerOf(file: FileHandle, check: LedgerCheck, start: number, { onWhole, onClosed }: Told): LedgerFile {
  let lines: Buffer[] = [];
  let bytes = 0;
  let offset = start;
  let writing: Promise<void> = Promise.resolve();
  let ended: Promise<void> | null = null;

  async function write(text: Buffer): Promise<void> {
    let rest = await encodeBlock(text);
    while (rest.length > 0) {
      // A disk that is nearly full takes a part of it.
      const { bytesWritten } = await file.write(rest, 0, rest.length, offset);
      rest = rest.subarray(bytesWritten);
      offset += bytesWritten;
    }
  }
  /** The next block is filled while one is compressed and written. */
  async function flush(): Promise<void> {
    await writing;
    if (lines.length === 0) return;
    writing = write(Buffer.concat(lines));
    writing.catch(() => undefined);
    lines = [];
    bytes = 0;
  }
  async function end(then: () => Promise<void>): Promise<void> {
    try {
      try {
        await flush();
        await writing;
        await file.sync();
      } finally {
        await file.close();
      }
      await then();
    } finally {
      onClosed();
    }
  }
  return {
    check,
    async add(line) {
      lines.push(line, LINE_END);
      bytes += line.length + 1;
      if (bytes >= BLOCK_BYTES) await flush();
    },
    async finish() {
      // In a block of its own, which an export that goes on can leave out.
      await flush();
      lines.push(encodeEnd(check.held));
      await (ended ??= end(onWhole));
    },
    close: () => (ended ??= end(() => Promise.resolve())),
  };
}
