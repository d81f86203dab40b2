import { parentPort, workerData } from 'node:worker_threads';
import { ChangesRefused, openBeside, openReadStore } from '#read-store';
import type { FromStoreThread, StoreCall, StoreMethod, StoreThreadData, ToStoreThread } from './store-messages.js';

const post = (message: FromStoreThread) => parentPort!.postMessage(message);
const { isBeside, ...options } = workerData as StoreThreadData;
const store = isBeside ? await openBeside(options) : await openLive();
const methods: Partial<Readonly<Record<StoreMethod, unknown>>> = store;

async function openLive() {
  const opened = await openReadStore(options);
  return { ...opened.projections, close: () => opened.close() };
}

/** Rows are written in a thread of their own: meanwhile the projector reads and folds what comes next. */
async function answer({ id, method, args }: StoreCall): Promise<void> {
  try {
    const work = methods[method] as (...args: StoreCall['args']) => Promise<unknown>;
    post({ type: 'answer', id, answer: await work(...args) });
  } catch (error) {
    const { message } = error as Error;
    const set = error instanceof ChangesRefused ? error.set : null;
    post({ type: 'failure', id, message, isTransient: store.isTransient(error), set });
  }
}

parentPort!.on('message', (message: ToStoreThread) => {
  if (message.type === 'call') void answer(message);
  else void store.close().then(() => parentPort!.close());
});
post({ type: 'opened' });
