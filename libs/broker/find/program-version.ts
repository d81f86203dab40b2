import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What `nats-server --version` says of itself, e.g. `2.15.1`.
 * @throws when the program cannot be run here or says something else.
 */
export async function programVersion(path: string): Promise<string> {
  const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
  const version = /^nats-server: v(\S+)/.exec(stdout)?.[1];
  if (version === undefined) {
    const [firstLine] = stdout.trim().split('\n');
    throw new Error(`${path} --version printed '${firstLine}', expected nats-server: v…`);
  }
  return version;
}
