import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { RequestError } from '@nats-io/transport-node';
import type { CommandMeta, UserCommand } from '#domain';
import { NotAccepted, OutcomeUnknown } from './gateway.js';
import type { CommandGateway, Receipt } from './gateway.js';

/** How long a command looks for a writer. */
const DEADLINE_MS = 5000;

const RETRY_PAUSE_MS = 100;

export interface Routes {
  /** Where the writer is now; null: there is none, as far as is known. */
  find(): Promise<CommandGateway['execute'] | null>;
}

/**
 * Brings commands to the writer, wherever it is: a command that meets a change of the writer is sent again under the
 * same id, which is decided once.
 */
export class RoutedGateway implements CommandGateway {
  /** A question for the position that is on its way; who comes after it was sent waits for the next. */
  #asked: Promise<number> | null = null;
  #next: Promise<number> | null = null;

  constructor(private readonly routes: Routes) {}

  readIndex(): Promise<number> {
    if (!this.#asked) return this.#ask();
    this.#next ??= this.#asked.then(
      () => this.#ask(),
      () => this.#ask(),
    );
    return this.#next;
  }

  #ask(): Promise<number> {
    this.#next = null;
    const id = randomUUID();
    const asked = this.execute({ type: 'ask-position' }, { commandId: id, actor: 'daybook', correlationId: id }).then(
      ({ position }) => position,
    );
    this.#asked = asked;
    const done = () => {
      if (this.#asked === asked) this.#asked = null;
    };
    asked.then(done, done);
    return asked;
  }

  async execute(command: UserCommand, meta: CommandMeta): Promise<Receipt> {
    const untilMs = performance.now() + DEADLINE_MS;
    let wasTaken = false;
    for (;;) {
      try {
        const execute = await this.routes.find();
        if (execute) return await execute(command, meta);
      } catch (error) {
        if (!isAboutTheWay(error)) throw error;
        wasTaken ||= !wasNotTaken(error);
      }
      if (performance.now() > untilMs) {
        throw wasTaken ? new OutcomeUnknown(meta.commandId) : new NotAccepted('no-writer', 1);
      }
      await delay(RETRY_PAUSE_MS);
    }
  }
}

/** Whether another try may find a writer, as opposed to an answer of one. */
function isAboutTheWay(error: unknown): boolean {
  return (
    error instanceof OutcomeUnknown ||
    (error instanceof NotAccepted && error.cause === 'no-writer') ||
    error instanceof RequestError ||
    (error instanceof Error && error.name === 'TimeoutError')
  );
}

function wasNotTaken(error: unknown): boolean {
  return error instanceof NotAccepted || (error instanceof RequestError && error.isNoResponders());
}
