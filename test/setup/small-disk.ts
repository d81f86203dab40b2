import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Mounts a file system of its own on `dir` that only the program which follows, and its children, see. */
const runnerOn = (dir: string, megabytes: number) => [
  'unshare',
  '--user',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  `mount -t tmpfs -o size=${megabytes}m,mode=700 tmpfs '${dir}' && exec "$@"`,
  'sh',
];

/** Why this machine lets nobody mount a file system; null: it does. */
export function whyNoSmallDisk(): string | null {
  const [program, ...args] = [...runnerOn('/mnt', 1), 'true'];
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

/** A disk of a given size that can be filled up. */
export interface SmallDisk {
  /** Starts a program that finds the disk in its folder; see `TestServerOptions.runner`. */
  readonly runner: readonly string[];
  /** Takes space until at most so many bytes are free. @param pid of the program */
  fill(pid: number, freeBytes: number): void;
  /** Gives all of it back. */
  clear(pid: number): void;
}

export function smallDisk(dir: string, megabytes: number): SmallDisk {
  const inside = (pid: number) => join('/proc', String(pid), 'root', dir);
  const chunk = Buffer.alloc(1024 * 1024, 1);
  return {
    runner: runnerOn(dir, megabytes),
    fill(pid, freeBytes) {
      const file = openSync(join(inside(pid), 'filler'), 'a');
      try {
        for (;;) {
          const { bavail, bsize } = statfsSync(inside(pid));
          const wanted = Math.min(bavail * bsize - freeBytes, chunk.length);
          if (wanted <= 0) return;
          writeSync(file, chunk, 0, wanted);
        }
      } finally {
        closeSync(file);
      }
    },
    clear: (pid) => rmSync(join(inside(pid), 'filler')),
  };
}
