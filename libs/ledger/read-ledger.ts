import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { beginningOf, BlockBroken, readBlocks } from './blocks.js';
import { checkEvents } from './check-events.js';
import type { LedgerCheck } from './check.js';
import type { LedgerLine } from './format.js';
import { parseLine } from './parse-line.js';
import { splitLines } from './split-lines.js';

/** How far a reader has come. */
export interface ReadProgress {
  /** Bytes of the file that were read. */
  readonly bytes: number;
  /** Of the whole file. */
  readonly size: number;
}

/**
 * The lines of a ledger's file, each held against all before it and the digest of its block, and looked into.
 * @throws LedgerBroken from the iteration at the first place where something is wrong
 */
export async function* readLedgerFile(
  path: string,
  check: LedgerCheck,
  onProgress: (progress: ReadProgress) => void = () => undefined,
): AsyncGenerator<LedgerLine> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const told = (bytes: number) => onProgress({ bytes, size });
    const beginning = await beginningOf(file);
    if (beginning === 'other') throw check.broken('the file does not begin as an export does, expected gzip');
    yield* checkLines(beginning === 'blocks' ? blockTexts(file, told) : plainTexts(file, told), check);
  } catch (error) {
    if (error instanceof BlockBroken) throw check.broken(error.message, error);
    throw error;
  } finally {
    await file.close();
  }
}

/**
 * Lines that come in pieces, each held against all before it, and looked into.
 * @throws LedgerBroken from the iteration at the first place where something is wrong
 */
export async function* checkLines(chunks: AsyncIterable<Uint8Array>, check: LedgerCheck): AsyncGenerator<LedgerLine> {
  for await (const lines of splitLines(chunks)) {
    for (const bytes of lines) {
      const line = parsed(bytes, check);
      check.take(line);
      if (line.kind === 'commit') checkEvents(line, check);
      yield line;
    }
  }
  check.finish();
}

/** As `parseLine`, but knows the place. @throws LedgerBroken */
export function parsed(bytes: Buffer, check: LedgerCheck): LedgerLine {
  try {
    return parseLine(bytes);
  } catch (error) {
    throw check.broken((error as Error).message, error);
  }
}

async function* blockTexts(file: FileHandle, told: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const { text, end } of readBlocks(file)) {
    told(end);
    yield text;
  }
}

/** Of a file that was compressed anew: its bytes have no digests then, its lines have all of theirs. */
async function* plainTexts(file: FileHandle, told: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const compressed = file.createReadStream({ autoClose: false, start: 0 });
  const texts = createGunzip();
  compressed.on('error', (error) => texts.destroy(error));
  compressed.pipe(texts);
  try {
    for await (const text of texts) {
      told(compressed.bytesRead);
      yield text as Buffer;
    }
  } catch (error) {
    throw new BlockBroken(`the file is no gzip as expected: ${(error as Error).message}`, { cause: error });
  } finally {
    compressed.destroy();
  }
}
