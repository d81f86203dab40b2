import { open } from 'node:fs/promises';

/** Most bytes that are read. */
const READ_BYTES = 4096;

/** The last lines of a file without its empty ones; a file that is not there has none. */
export async function lastLines(path: string, count: number): Promise<string> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return '';
  await using open_ = file;
  const { size } = await open_.stat();
  const from = Math.max(0, size - READ_BYTES);
  const { buffer, bytesRead } = await open_.read(Buffer.alloc(size - from), 0, size - from, from);
  const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
