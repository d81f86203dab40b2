import type { Command, CommandMeta, UserCommand } from '#domain';
import { NotAccepted, OutcomeUnknown } from './gateway.js';
import type { Receipt } from './gateway.js';
import { fromFailure } from './wire.js';
import type { CommandMessage, OutcomeMessage } from './wire.js';

interface Caller {
  readonly commandId: string;
  resolve(receipt: Receipt): void;
  reject(error: Error): void;
}

/** The way to a writer in another thread: commands of the same moment travel together. */
export class RemoteGateway<C extends Command = UserCommand> {
  readonly #callers = new Map<number, Caller>();
  #outgoing: CommandMessage<C>[] = [];
  #lastId = 0;
  #lastPosition = 0;
  #isClosed = false;

  constructor(private readonly send: (messages: readonly CommandMessage<C>[]) => void) {}

  /** The last position that came by here, and what the last reign began with: all answers where only this process writes. */
  readIndex(): Promise<number> {
    return Promise.resolve(this.#lastPosition);
  }

  execute(command: C, meta: CommandMeta): Promise<Receipt> {
    if (this.#isClosed) return Promise.reject(new NotAccepted('no-writer', 1));
    const id = ++this.#lastId;
    if (this.#outgoing.length === 0) setImmediate(() => this.#flush());
    this.#outgoing.push({ id, command, meta });
    return new Promise((resolve, reject) => this.#callers.set(id, { commandId: meta.commandId, resolve, reject }));
  }

  #flush(): void {
    const messages = this.#outgoing;
    this.#outgoing = [];
    this.send(messages);
  }

  /** Takes note that all up to a position was stored before, by whomever: it may have been answered. */
  noteStored(position: number): void {
    this.#lastPosition = Math.max(this.#lastPosition, position);
  }

  /** Brings outcomes back to their callers. */
  settle(messages: readonly OutcomeMessage[]): void {
    for (const { id, outcome } of messages) {
      const caller = this.#callers.get(id);
      this.#callers.delete(id);
      if ('failure' in outcome) {
        caller?.reject(fromFailure(outcome.failure));
        continue;
      }
      this.noteStored(outcome.receipt.position);
      caller?.resolve(outcome.receipt);
    }
  }

  /** Takes no more commands; whoever still waits is told by the writer. */
  close(): void {
    this.#isClosed = true;
  }

  /** The writer is gone: whoever still waits is told that nothing more is known. */
  abandon(): void {
    this.close();
    for (const caller of this.#callers.values()) caller.reject(new OutcomeUnknown(caller.commandId));
    this.#callers.clear();
  }
}
