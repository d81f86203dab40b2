import { Worker } from 'node:worker_threads';
import type { LogPosition } from '#event-log';
import type { Measured } from '#metrics';
import type { ReignStart } from '#plans';
import { RemoteGateway } from '#writer';
import type { CommandGateway, OutcomeMessage } from '#writer';
import type { RosterChange } from './roster.js';
import type { FromWriterThread, ToWriterThread, WriterThreadData } from './writer-messages.js';

/** Room for what a burst makes until its commits are stored, so that little of it is still needed when it is full. */
const YOUNG_MB = 96;

export interface WriterHandlers {
  onCommitted(position: LogPosition): void;
  /** A reign began with a snapshot of this number; 0: with none. */
  onRecovered(snapshot: number): void;
  /** A reign began; its plans go on from there. */
  onPlans(start: ReignStart): void;
  /** Events that concern plans were stored: `RecordedEvent`s as one JSON text. */
  onPlanEvents(events: string): void;
  /** A reign began; what it has to deliver follows. */
  onDeliveries(): void;
  /** Runs and apps have changed: `DeliveryChange`s as one JSON text. */
  onDeliveryChanges(changes: string): void;
  /** What became of what was given to `report`: `OutcomeMessage`s as one JSON text. */
  onReported(messages: string): void;
  /** The reign is over. */
  onResigned(): void;
  /** Other agents are known from now on. */
  onAgents(changes: readonly RosterChange[]): void;
  /** The agent that the server has started said hello. */
  onLocalAgentSeen(): void;
  /** The log gives no verdict, or (false) gives verdicts again. */
  onTrouble(isPresent: boolean): void;
  /** The writer has stopped for good; the log must not be written any more. */
  onFailed(message: string): void;
}

/** The writer's thread, seen from the others. */
export interface WriterHost {
  /** The way to this process's own writer. */
  readonly gateway: CommandGateway;
  /** Whether that is the one that reigns. */
  readonly isReigning: () => boolean;
  /** Has what is told of deliveries stored: `CommandMessage`s as one JSON text. */
  report(messages: string): void;
  /** What its thread has measured. */
  measure(): Promise<Measured>;
  /** Why commands are not stored at present; none: they are. */
  troubles(): readonly string[];
  /** Finishes what was accepted, for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/**
 * Starts the writer's thread; resolves when it reigns or, where others share the log, stands for election.
 * @throws Error when it must not write to this log
 */
export async function startWriter(data: WriterThreadData, handlers: WriterHandlers): Promise<WriterHost> {
  const worker = new Worker(new URL('./writer-thread.js', import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const post = (message: ToWriterThread) => worker.postMessage(message);
  const gateway = new RemoteGateway((messages) => post({ type: 'execute', messages: JSON.stringify(messages) }));
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const opened = Promise.withResolvers<void>();
  /** Who waits for what was measured, in the order of their questions. */
  const measuring: ((measured: Measured) => void)[] = [];
  let isOpen = false;
  let isReigning = false;
  let trouble: string | null = null;
  const open = () => {
    isOpen = true;
    opened.resolve();
  };

  const fail = (message: string) => {
    gateway.abandon();
    if (isOpen) handlers.onFailed(message);
    else opened.reject(new Error(message));
  };
  worker.on('error', (error: Error) => fail(`the writer's thread has died: ${error.message}`));
  void exited.then(() => {
    gateway.abandon();
    for (const answer of measuring.splice(0)) answer([]);
  });
  worker.on('message', (message: FromWriterThread) => {
    switch (message.type) {
      case 'standing':
        return data.isShared ? open() : undefined;
      case 'opened':
        isReigning = true;
        return open();
      case 'resigned':
        isReigning = false;
        return handlers.onResigned();
      case 'settled':
        return gateway.settle(JSON.parse(message.messages) as OutcomeMessage[]);
      case 'committed':
        return handlers.onCommitted(message.position);
      case 'recovered':
        gateway.noteStored(message.position);
        return handlers.onRecovered(message.snapshot);
      case 'plans':
        return handlers.onPlans(message.start);
      case 'plan-events':
        return handlers.onPlanEvents(message.events);
      case 'deliveries':
        return handlers.onDeliveries();
      case 'delivery-changes':
        return handlers.onDeliveryChanges(message.changes);
      case 'reported':
        return handlers.onReported(message.messages);
      case 'agents':
        return handlers.onAgents(message.changes);
      case 'local-agent-seen':
        return handlers.onLocalAgentSeen();
      case 'trouble':
        trouble = message.reason;
        return handlers.onTrouble(trouble !== null);
      case 'measured':
        return measuring.shift()?.(message.measured);
      case 'failed':
        return fail(message.message);
    }
  });
  await opened.promise;
  return {
    gateway,
    isReigning: () => isReigning,
    report: (messages) => post({ type: 'report', messages }),
    measure() {
      const { promise, resolve } = Promise.withResolvers<Measured>();
      measuring.push(resolve);
      post({ type: 'measure' });
      return promise;
    },
    troubles: () => (trouble === null ? [] : [trouble]),
    async close(graceMs) {
      gateway.close();
      post({ type: 'close', graceMs });
      await exited;
    },
  };
}
