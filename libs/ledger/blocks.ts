import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/**
 * A file of a ledger is a row of gzip members, so that any gzip reads it. Each says in an extra field how long it is and
 * which digest its bytes have: a changed bit is found in whatever byte it is, and what was broken off ends at a member.
 */
export interface Block {
  /** Where it begins in the file, in bytes. */
  readonly offset: number;
  /** Where the next one begins. */
  readonly end: number;
  readonly text: Buffer;
}

/** Bytes of a file are not those of a block. */
export class BlockBroken extends Error {
  override readonly name = 'BlockBroken';
}

/** Most bytes of a block before and after compression; what says more is damaged. */
const MAX_BYTES = 64 * 1024 * 1024;

const DIGEST_BYTES = 32;

/** What every gzip member begins with that says nothing about its time, and has no extra field. */
const PLAIN_HEAD_BYTES = 10;

/** Member with an extra field, made at no time on no system; the field is named DB, of a length and a digest. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 40, 0, 0x44, 0x42, 36, 0]);
const HEAD_BYTES = HEAD.length + 4 + DIGEST_BYTES;

const compress = promisify<Buffer, object, Buffer>(gzip);
const decompress = promisify<Buffer, object, Buffer>(gunzip);

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

export async function encodeBlock(text: Buffer): Promise<Buffer> {
  // The fastest level: JSON with the same keys again and again shrinks well at any.
  const body = (await compress(text, { level: 1 })).subarray(PLAIN_HEAD_BYTES);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([HEAD, length, digestOf(body), body]);
}

/** Gzip without or with a name of the file, as the programs of that name write it. */
const PLAIN_HEADS = [0, 8].map((flags) => Buffer.from([0x1f, 0x8b, 8, flags]));

/** How a file begins: with a block (or nothing yet), as one that was compressed anew, or with something else. */
export async function beginningOf(file: FileHandle): Promise<'blocks' | 'gzip' | 'other'> {
  const head = await bytesAt(file, 0, HEAD.length);
  if (head.equals(HEAD.subarray(0, head.length))) return 'blocks';
  return PLAIN_HEADS.some((plain) => head.subarray(0, plain.length).equals(plain)) ? 'gzip' : 'other';
}

/**
 * The blocks of a file; the next one is read while its user is at work on one.
 * @throws BlockBroken from the iteration when one is damaged or not whole
 */
export async function* readBlocks(file: FileHandle): AsyncGenerator<Block> {
  let coming = blockAt(file, 0);
  for (;;) {
    const block = await coming;
    if (!block) return;
    coming = blockAt(file, block.end);
    // Nobody may come to ask for it.
    coming.catch(() => undefined);
    yield block;
  }
}

async function blockAt(file: FileHandle, offset: number): Promise<Block | null> {
  const head = await bytesAt(file, offset, HEAD_BYTES);
  if (head.length === 0) return null;
  const problem = (text: string) => new BlockBroken(`the block at byte ${offset} ${text}`);
  if (head.length < HEAD_BYTES) throw problem(`is cut to ${head.length} bytes, expected ${HEAD_BYTES} and more`);
  if (!head.subarray(0, HEAD.length).equals(HEAD)) throw problem('does not begin as expected: bytes were changed');
  const length = head.readUInt32LE(HEAD.length);
  if (length > MAX_BYTES) throw problem(`is ${length} bytes long, expected at most ${MAX_BYTES}`);
  const body = await bytesAt(file, offset + HEAD_BYTES, length);
  if (body.length < length) throw problem(`is cut to ${body.length} bytes, expected ${length}`);
  if (!digestOf(body).equals(head.subarray(HEAD.length + 4)))
    throw problem('has another digest than expected: bytes were changed');
  const member = Buffer.concat([HEAD, head.subarray(HEAD.length, HEAD_BYTES), body]);
  const text = await decompress(member, { maxOutputLength: MAX_BYTES }).catch((cause: Error) => {
    throw problem(`is no gzip as expected: ${cause.message}`);
  });
  return { offset, end: offset + HEAD_BYTES + length, text };
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
