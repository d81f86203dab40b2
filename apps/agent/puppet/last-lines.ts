import { open } from 'node:fs/promises';

/** Most bytes that are read. */
const READ_BYTES = 64 * 1024;

/** A line of Ruby's stack traces, which stand behind what matters. */
const FRAME = /^\s*(?:from )?\S+\.rb:\d+:in /;

/** The last lines of a file without empty ones and stack traces; a file that is not there has none. */
export async function lastLines(path: string, count: number): Promise<string> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return '';
  await using open_ = file;
  const { size } = await open_.stat();
  const from = Math.max(0, size - READ_BYTES);
  const { buffer, bytesRead } = await open_.read(Buffer.alloc(size - from), 0, size - from, from);
  const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !FRAME.test(line))
    .slice(-count)
    .join('\n');
}
