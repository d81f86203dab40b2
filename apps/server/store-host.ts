import { Worker } from 'node:worker_threads';
import { ChangesRefused } from '#read-store';
import type { BesideStore, ProjectionRows, ProjectionStore, ReadStoreOptions } from '#read-store';
import type { FromStoreThread, StoreCall, StoreFailure, StoreThreadData, ToStoreThread } from './store-messages.js';

/** Rows are written as they come, and none is kept. */
const YOUNG_MB = 24;

/** The thread that writes rows, seen from the projector's. */
export interface StoreHost extends ProjectionStore {
  close(): Promise<void>;
}

/** Starts the thread. @throws Error when the database cannot be opened */
export async function openStoreThread(options: ReadStoreOptions): Promise<StoreHost> {
  return (await startThread({ ...options, isBeside: false })).store;
}

/** Starts one more thread, that makes tables beside. @throws Error when that cannot be done now */
export async function openBesideThread(options: ReadStoreOptions): Promise<BesideStore> {
  const { store, call } = await startThread({ ...options, isBeside: true });
  return {
    ...store,
    makeIndexes: () => call('makeIndexes'),
    pin: (projection) => call('pin', projection),
    compare: (table) => call('compare', table),
    unpin: () => call('unpin'),
    takeOver: (projection) => call('takeOver', rowsOf(projection)),
  };
}

async function startThread(data: StoreThreadData) {
  const worker = new Worker(new URL('./store-thread.js', import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const opened = Promise.withResolvers<void>();
  const calls = new Map<number, PromiseWithResolvers<unknown>>();
  let failure: Error | null = null;
  let lastId = 0;

  const send = (message: ToStoreThread) => worker.postMessage(message);
  const settle = (id: number) => {
    const call = calls.get(id)!;
    calls.delete(id);
    return call;
  };
  worker.on('error', (error: Error) => {
    failure = error;
    opened.reject(error);
    for (const id of calls.keys()) settle(id).reject(error);
  });
  worker.on('message', (message: FromStoreThread) => {
    switch (message.type) {
      case 'opened':
        return opened.resolve();
      case 'answer':
        return settle(message.id).resolve(message.answer);
      case 'failure':
        return settle(message.id).reject(errorOf(message));
    }
  });

  async function call<T>(method: StoreCall['method'], ...args: StoreCall['args']): Promise<T> {
    if (failure) throw failure;
    const id = ++lastId;
    const answer = Promise.withResolvers<unknown>();
    calls.set(id, answer);
    send({ type: 'call', id, method, args });
    return (await answer.promise) as T;
  }

  await opened.promise;
  const store: StoreHost = {
    checkpoints: () => call('checkpoints'),
    checkpoint: (name) => call('checkpoint', name),
    write: (...args) => call('write', ...args),
    reset: (projection, from) => call('reset', rowsOf(projection), from),
    isTransient: (error) => error instanceof Trouble,
    async close() {
      send({ type: 'close' });
      await exited;
    },
  };
  return { store, call };
}

/** Folds are functions, which cannot be sent. */
const rowsOf = ({ name, version, tables, initial }: ProjectionRows): ProjectionRows => ({
  name,
  version,
  tables,
  initial,
});

/** What passes. */
class Trouble extends Error {
  override readonly name = 'Trouble';
}

function errorOf({ message, isTransient, set }: StoreFailure): Error {
  if (isTransient) return new Trouble(message);
  return set === null ? new Error(message) : new ChangesRefused(set, message);
}
