import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

export interface NodeProcess {
  readonly process: ChildProcess & { readonly pid: number };
  /** The next line on standard output; null when there is none any more. */
  nextLine(): Promise<string | null>;
}

/**
 * Runs a module in a Node process of its own, the leader of a process group; `dist` in it stands for the folder of the
 * compiled libs, since only the test runner reads TypeScript.
 */
export function startNode(source: (dist: string) => string): NodeProcess {
  const dist = pathToFileURL('dist/libs').href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source(dist)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.pid === undefined) throw new Error('node could not be started');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    process: child as NodeProcess['process'],
    async nextLine() {
      const { done, value } = await lines.next();
      return done ? null : value;
    },
  };
}
