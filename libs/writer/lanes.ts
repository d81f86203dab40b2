import type { Command, CommandMeta } from '#domain';
import { NotAccepted } from './gateway.js';
import type { Receipt } from './gateway.js';
import type { Entry } from './entry.js';
import { Fifo } from './fifo.js';

/** Commands that may wait for their decision; more are not accepted. */
const MAX_QUEUED = 20_000;

/** How long a caller waits for a verdict before it is told that the outcome is unknown. */
const CALLER_DEADLINE_MS = 5000;

export type LaneName = 'own' | 'reports' | 'commands';

/** What waits to be decided: the writer's own notes, reports of runs, and commands of users. Due times wait in the state. */
export class Lanes {
  readonly #lanes = { own: new Fifo<Entry>(), reports: new Fifo<Entry>(), commands: new Fifo<Entry>() };

  get isEmpty(): boolean {
    return Object.values(this.#lanes).every((lane) => lane.size === 0);
  }

  /** How many wait in each. */
  get lengths(): Readonly<Record<LaneName, number>> {
    const { own, reports, commands } = this.#lanes;
    return { own: own.size, reports: reports.size, commands: commands.size };
  }

  first(lane: LaneName): Entry | undefined {
    return this.#lanes[lane].first;
  }

  /** Lines a command up. @throws NotAccepted when too many commands of users wait already */
  accept(lane: LaneName, command: Command, meta: CommandMeta): Promise<Receipt> {
    if (lane === 'commands' && this.#lanes.commands.size >= MAX_QUEUED) {
      return Promise.reject(new NotAccepted('busy', 1));
    }
    return new Promise((resolve, reject) => {
      const deadlineMs = performance.now() + CALLER_DEADLINE_MS;
      this.#lanes[lane].push({ command, meta, deadlineMs, resolve, reject });
    });
  }

  /** Lines up what the writer notes of itself, for as long as it takes. */
  note(command: Command, meta: CommandMeta): void {
    const noted = () => undefined;
    this.#lanes.own.push({ command, meta, deadlineMs: Infinity, resolve: noted, reject: noted });
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
