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

/** Running processes that a process has started, and those that these have started, and so on. */
export function descendantsOf(pid: number): ProcessIdentity[] {
  const children = Map.groupBy(hasProc ? parentsInProc() : parentsByPs(), ([, parent]) => parent);
  const below = (parent: number): number[] =>
    (children.get(parent) ?? []).flatMap(([child]) => [child, ...below(child)]);
  return below(pid)
    .map(identify)
    .filter((process) => process !== null);
}

const hasProc = process.platform === 'linux';
const bootId = hasProc ? readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim() : '';

function startInProc(pid: number): string | null {
  const fields = statInProc(pid);
  // State is the first, the start in clock ticks the 20th.
  return fields === null || fields[0] === 'Z' || fields[0] === 'X' ? null : `${fields[19]}@${bootId}`;
}

/** Fields of a process after its name, which stands in parentheses and may hold anything; null: it is gone. */
function statInProc(pid: number): string[] | null {
  const stat = readGone(`/proc/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Each process with its parent. */
function parentsInProc(): [number, number][] {
  return allPidsInProc().map((pid) => [pid, Number(statInProc(pid)?.[1])]);
}

function pidsInProc(lastArguments: readonly string[]): number[] {
  const end = `\0${lastArguments.join('\0')}\0`;
  return allPidsInProc().filter((pid) => readGone(`/proc/${pid}/cmdline`)?.endsWith(end));
}

const allPidsInProc = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

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

function parentsByPs(): [number, number][] {
  return ps('-axo', 'pid=,ppid=')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
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
