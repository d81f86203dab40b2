import { statfs } from 'node:fs/promises';

/** Free bytes below which no new commands are taken; what is left is for what was accepted before. */
const RESERVED_BYTES = 256 * 1024 * 1024;

/** Bytes that a program of a normal user may still write to the disk of a folder. */
export async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

/** Whether the disk of a folder has room for new commands, also once so many bytes more are on it. */
export async function hasRoom(dir: string, bytes = 0): Promise<boolean> {
  return (await freeBytes(dir)) - bytes >= RESERVED_BYTES;
}

/** Bytes that may be written to the disk of a folder while new commands are still taken. */
export async function spareBytes(dir: string): Promise<number> {
  return Math.max(0, (await freeBytes(dir)) - RESERVED_BYTES);
}

/** Watches the disk of a folder, once a second; the function it gives tells what was seen last. */
export async function watchRoom(dir: string): Promise<() => boolean> {
  let room = await hasRoom(dir);
  setInterval(() => {
    hasRoom(dir).then(
      (now) => (room = now),
      () => undefined,
    );
  }, 1000).unref();
  return () => room;
}
