import type { RecordedEvent } from '#domain';
import type { LogPosition, StoredCommit } from '#event-log';
import type { Origin } from './origins.js';

/** An event on its way to any number of readers: what they need of it is made once. */
export class SharedEvent {
  /** Null: it was not looked for, as nobody had asked. */
  origin: Origin | null = null;
  #json: string | null = null;
  #message: Buffer | null = null;

  constructor(
    readonly event: RecordedEvent,
    readonly number: number,
  ) {}

  get json(): string {
    return (this.#json ??= JSON.stringify(this.event));
  }

  /** As a message of a stream of server-sent events. JSON breaks no line. */
  get message(): Buffer {
    return (this.#message ??= Buffer.from(`id: ${this.number}\nevent: ${this.event.type}\ndata: ${this.json}\n\n`));
  }
}

/** A commit on its way to any number of readers. */
export interface SharedCommit {
  readonly first: number;
  readonly last: number;
  readonly position: LogPosition;
  readonly bytes: number;
  readonly events: readonly SharedEvent[];
}

export function sharedCommit({ firstNumber, position, payload, events }: StoredCommit): SharedCommit {
  const shared = events.map((event, index) => new SharedEvent(event, firstNumber + index));
  return { first: firstNumber, last: position.number, position, bytes: payload.length, events: shared };
}

/** Whether it is known whose all its events are. */
export const isResolved = ({ events }: SharedCommit) => events.every(({ origin }) => origin !== null);
