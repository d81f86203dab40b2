import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Names one process for good: a pid is given again to a later process, a pid with its start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; equal only for the same process, also across a reboot. */
  readonly startTime: string;
}

/** The process that has this pid now, or null when none runs; a zombie does not run. */
export function identify(pid: number): ProcessIdentity | null {
  const startTime = hasProc ? startInProc(pid) : startByPs(pid);
  return startTime === null ? null : { pid, startTime };
}

export function isAlive(process: ProcessIdentity): boolean {
  return identify(process.pid)?.startTime === process.startTime;
}

/** Running processes whose command line ends with these arguments. */
export function processesWith(lastArguments: readonly string[]): ProcessIdentity[] {
  const found = hasProc ? pidsInProc(lastArguments) : pidsByPs(lastArguments);
  return found.map(identify).filter((process) => process !== null);
}

const hasProc = process.platform === 'linux';
const bootId = hasProc ? readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim() : '';

function startInProc(pid: number): string | null {
  const stat = readGone(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name in parentheses may hold anything; state is the first field after it, the start in clock ticks the 20th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? null : `${fields[19]}@${bootId}`;
}

function pidsInProc(lastArguments: readonly string[]): number[] {
  const end = `\0${lastArguments.join('\0')}\0`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readGone(`/proc/${name}/cmdline`)?.endsWith(end))
    .map(Number);
}

/** A process may leave between being listed and being read: ESRCH then, or ENOENT. */
function readGone(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function startByPs(pid: number): string | null {
  const [state, ...start] = ps('-o', 'stat=,lstart=', '-p', String(pid)).trim().split(/\s+/);
  return !state || state.startsWith('Z') ? null : start.join(' ');
}

function pidsByPs(lastArguments: readonly string[]): number[] {
  const end = ` ${lastArguments.join(' ')}`;
  return ps('-axo', 'pid=,args=')
    .split('\n')
    .filter((line) => line.endsWith(end))
    .map((line) => Number.parseInt(line, 10));
}

function ps(...args: string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  } catch {
    return '';
  }
}
