import { readFileSync } from 'node:fs';

/**
 * The most memory that a process has had, in MB. What `process.resourceUsage` says of it is no less than what its parent
 * had when it was started.
 */
export function peakRssMb(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}
