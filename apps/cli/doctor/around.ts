import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Finding, Look } from './finding.js';

/** A clock that is so far off misleads whoever says when something is to run. */
const CLOCK_WARN_MS = 2_000;

/** What a server keeps for what it has accepted, and what is near to that. */
const DISK_FAIL_MB = 256;
const DISK_WARN_MB = 1024;

export const clock: Look = async ({ api }) => {
  const askedMs = Date.now();
  const response = await api.send('GET', '/healthz', undefined, { isAnonymous: true });
  const difference = differenceMs(Date.parse(response.headers.get('date') ?? ''), askedMs, Date.now());
  if (Math.abs(difference) <= CLOCK_WARN_MS) return { outcome: 'ok', says: "the server's agrees with the one here" };
  const says = `the server's is ${Math.round(Math.abs(difference) / 1000)} s ${difference < 0 ? 'behind' : 'ahead of'} the one here`;
  return { outcome: 'warn', says, advice: 'set both by NTP' };
};

/**
 * How far a clock elsewhere is ahead at least.
 * @param shownMs its time in whole seconds, from some moment between the two on the clock here
 */
export function differenceMs(shownMs: number, fromMs: number, untilMs: number): number {
  if (shownMs > untilMs) return shownMs - untilMs;
  return Math.min(0, shownMs + 999 - fromMs);
}

/** Of a server on this machine only: whose folder is here, and whose address is of this machine. */
export const disk: Look = async ({ api, env }): Promise<readonly Finding[]> => {
  const folder = env['DAYBOOK_DATA_DIR'] || '.daybook';
  const isHere = /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(new URL(api.url).hostname);
  if (!isHere || !existsSync(folder)) return [];
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / 1024 ** 2);
  const says = `${freeMb} MB are free for ${folder}`;
  if (freeMb >= DISK_WARN_MB) return [{ outcome: 'ok', says }];
  const advice = `make room: below ${DISK_FAIL_MB} MB the server takes no commands`;
  return [{ outcome: freeMb < DISK_FAIL_MB ? 'fail' : 'warn', says, advice }];
};
