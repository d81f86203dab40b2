import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Bench } from './bench.js';

type Message<R> = { readonly type: 'ready' } | { readonly type: 'result'; readonly result: R };

/** A part of a load in a process of its own, so that its work takes nothing from what is measured but its share of the machine. */
export interface HelperProcess<R> {
  /** @throws Error when the process leaves without one */
  readonly result: Promise<R>;
}

/**
 * Starts a module that calls `runAsHelper`; resolves when it is ready. It ends with the load.
 * @throws Error when it leaves before
 */
export async function startHelper<A, R>({ undo }: Bench, module: URL, args: A): Promise<HelperProcess<R>> {
  const child = fork(module, [JSON.stringify(args)], { execArgv: ['--enable-source-maps'] });
  const exited = once(child, 'exit');
  undo.defer(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const ready = Promise.withResolvers<void>();
  const result = Promise.withResolvers<R>();
  result.promise.catch(() => undefined);
  child.on('message', (message: Message<R>) => {
    if (message.type === 'ready') ready.resolve();
    else result.resolve(message.result);
  });
  void exited.then(([status]) => {
    const error = new Error(`${module.pathname} left with status ${String(status)}, expected a result`);
    ready.reject(error);
    result.reject(error);
  });
  await ready.promise;
  return { result: result.promise };
}

/** Does the work that `startHelper` asked for, and leaves with its result. */
export async function runAsHelper<A, R>(work: (args: A, ready: () => void) => Promise<R>): Promise<void> {
  const send = (message: Message<R>) => new Promise((resolve) => process.send!(message, resolve));
  process.once('disconnect', () => process.exit(1));
  const result = await work(JSON.parse(process.argv[2]!) as A, () => void send({ type: 'ready' }));
  await send({ type: 'result', result });
  process.exit(0);
}
