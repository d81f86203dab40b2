import { Worker } from 'node:worker_threads';
import type { LogPosition } from '#event-log';
import { RemoteGateway } from '#writer';
import type { CommandGateway } from '#writer';
import type { FromWriterThread, ToWriterThread, WriterThreadData } from './writer-messages.js';

export interface WriterHandlers {
  onCommitted(position: LogPosition): void;
  /** An agent said hello. */
  onAgentSeen(node: string): void;
  /** The broker refuses writes for lack of storage. */
  onStorageFull(): void;
  /** The writer has stopped for good; the log must not be written any more. */
  onFailed(message: string): void;
}

/** The writer's thread, seen from the others. */
export interface WriterHost {
  readonly gateway: CommandGateway;
  /** Finishes what was accepted, for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Starts the writer's thread; resolves when it reigns. @throws Error when it must not write to this log */
export async function startWriter(data: WriterThreadData, handlers: WriterHandlers): Promise<WriterHost> {
  const worker = new Worker(new URL('./writer-thread.js', import.meta.url), { workerData: data });
  const post = (message: ToWriterThread) => worker.postMessage(message);
  const gateway = new RemoteGateway((messages) => post({ type: 'execute', messages }));
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const opened = Promise.withResolvers<void>();
  let isOpen = false;

  const fail = (message: string) => {
    if (isOpen) handlers.onFailed(message);
    else opened.reject(new Error(message));
  };
  worker.on('error', (error: Error) => fail(error.message));
  worker.on('message', (message: FromWriterThread) => {
    switch (message.type) {
      case 'opened':
        isOpen = true;
        return opened.resolve();
      case 'settled':
        return gateway.settle(message.messages);
      case 'committed':
        return handlers.onCommitted(message.position);
      case 'agent-seen':
        return handlers.onAgentSeen(message.node);
      case 'storage-full':
        return handlers.onStorageFull();
      case 'failed':
        return fail(message.message);
    }
  });
  await opened.promise;
  return {
    gateway,
    async close(graceMs) {
      gateway.close();
      post({ type: 'close', graceMs });
      await exited;
    },
  };
}
