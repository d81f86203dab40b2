import { fork } from 'node:child_process';
import type { Serializable } from 'node:child_process';
import { on, once } from 'node:events';
import type { Bench } from './bench.js';

/** A part of a load in a process of its own, so that its work takes nothing from what is measured but its share of the machine. */
export interface HelperProcess<R> {
  /** Its next result. @throws Error when the process leaves without one */
  next(): Promise<R>;
}

const READY = 'ready';

/**
 * Starts a module that calls `runAsHelper`; resolves when it is ready. It ends with the load.
 * @throws Error when it leaves before
 */
export async function startHelper<A, R>({ undo }: Bench, module: URL, args: A): Promise<HelperProcess<R>> {
  const child = fork(module, { execArgv: ['--enable-source-maps'] });
  // An argument on the command line would be limited in its length.
  child.send(args as Serializable);
  const exited = once(child, 'exit');
  undo.defer(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const messages = on(child, 'message', { close: ['exit'] });
  const next = async () => {
    const message = (await messages.next()) as IteratorResult<[unknown], undefined>;
    if (message.done)
      throw new Error(`${module.pathname} left with status ${String(child.exitCode)}, expected a result`);
    return message.value[0];
  };
  await next();
  return { next: next as () => Promise<R> };
}

/** Does the work that `startHelper` asked for, tells each result as it comes, and leaves after the last. */
export async function runAsHelper<A, R>(work: (args: A, ready: () => void) => AsyncIterable<R>): Promise<void> {
  const send = (message: unknown) => new Promise((resolve) => process.send!(message, resolve));
  process.once('disconnect', () => process.exit(1));
  const [args] = (await once(process, 'message')) as [A];
  const results = work(args, () => void send(READY));
  for await (const result of results) await send(result);
  process.exit(0);
}
