import type { EventType } from '#domain';
import type { EventReader } from '../stream/event-reader.js';
import type { SharedEvent } from './shared-event.js';

/** The readers of new events, found by what an event is and what it is about without asking each of them. */
export class Audience {
  readonly #readers = new Set<EventReader>();
  readonly #bySubject = new Map<string, Set<EventReader>>();
  /** Of those that name no subject; made when an event of the type comes. */
  readonly #byType = new Map<EventType, readonly EventReader[]>();
  /** Readers that have been given something since the last `flush`. */
  readonly #served = new Set<EventReader>();

  get readers(): ReadonlySet<EventReader> {
    return this.#readers;
  }

  add(reader: EventReader): void {
    this.#readers.add(reader);
    const { subject } = reader.wanted;
    if (subject === null) return this.#byType.clear();
    const others = this.#bySubject.get(subject) ?? new Set();
    this.#bySubject.set(subject, others.add(reader));
  }

  remove(reader: EventReader): void {
    this.#readers.delete(reader);
    this.#served.delete(reader);
    const { subject } = reader.wanted;
    if (subject === null) return this.#byType.clear();
    const others = this.#bySubject.get(subject);
    others?.delete(reader);
    if (others?.size === 0) this.#bySubject.delete(subject);
  }

  /** Who may see what has changed. */
  onTypesChanged(): void {
    this.#byType.clear();
  }

  give(shared: SharedEvent): void {
    const { subject, type } = shared.event;
    for (const reader of this.#bySubject.get(subject) ?? []) this.#giveTo(reader, shared);
    let others = this.#byType.get(type);
    if (!others) {
      others = [...this.#readers].filter(({ wanted, types }) => wanted.subject === null && types.has(type));
      this.#byType.set(type, others);
    }
    for (const reader of others) this.#giveTo(reader, shared);
  }

  #giveTo(reader: EventReader, shared: SharedEvent): void {
    if (!reader.wants(shared)) return;
    reader.add(shared);
    this.#served.add(reader);
  }

  /** Sends on what was given. Whoever has left too much lying is told so and his stream ends. */
  flush(): void {
    for (const reader of this.#served) {
      const wasLagging = reader.isLagging;
      reader.flush();
      if (!wasLagging) continue;
      this.remove(reader);
      reader.finish('lagging');
    }
    this.#served.clear();
  }
}
