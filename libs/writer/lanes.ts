import { NotAccepted } from './gateway.js';
import type { Entry } from './entry.js';
import { Fifo } from './fifo.js';

export type LaneName = 'own' | 'reports' | 'commands';

/** What waits to be decided: the writer's own notes, reports of runs, and commands of users. Due times wait in the state. */
export class Lanes {
  readonly #lanes = { own: new Fifo<Entry>(), reports: new Fifo<Entry>(), commands: new Fifo<Entry>() };

  get isEmpty(): boolean {
    return Object.values(this.#lanes).every((lane) => lane.size === 0);
  }

  size(lane: LaneName): number {
    return this.#lanes[lane].size;
  }

  first(lane: LaneName): Entry | undefined {
    return this.#lanes[lane].first;
  }

  push(lane: LaneName, entry: Entry): void {
    this.#lanes[lane].push(entry);
  }

  take(lane: LaneName): void {
    this.#lanes[lane].shift();
  }

  /** Puts entries that were taken but not stored back to where they were. */
  putBack(entries: readonly { readonly lane: LaneName; readonly entry: Entry }[]): void {
    for (const name of ['own', 'reports', 'commands'] as const) {
      this.#lanes[name].unshift(entries.filter(({ lane }) => lane === name).map(({ entry }) => entry));
    }
  }

  /** Turns away all whose deadline is before `nowMs`; nothing of them was taken. */
  expire(nowMs: number): void {
    for (const lane of Object.values(this.#lanes)) {
      while (lane.first && lane.first.deadlineMs <= nowMs) lane.shift()!.reject(new NotAccepted('no-writer', 1));
    }
  }
}
