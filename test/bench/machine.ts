import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

/** What the figures were taken on, in one line. */
export function describeMachine(natsServer: string): string {
  const cpu = cpus()[0]?.model ?? 'unknown CPU';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const nats = execFileSync(natsServer, ['--version'], { encoding: 'utf8' }).trim();
  return `${availableParallelism()} x ${cpu}, ${memory}, ${type()} ${release()}, Node ${process.version}, ${nats}`;
}

/** The commit of the checkout; null: it is none. */
export function currentCommit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
