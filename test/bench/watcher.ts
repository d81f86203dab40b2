import type { BrokerAddress } from '#broker';
import type { EventType } from '#domain';
import type { Bench } from './bench.js';
import { startHelper } from './helper-process.js';
import type { HelperProcess } from './helper-process.js';

export interface WatcherArgs {
  readonly broker: BrokerAddress;
  readonly type: EventType;
  /** How many of them, each about another subject, make one result. */
  readonly count: number;
}

export interface Watched {
  /** From the instant that was due to the receipt; empty where the events do not name one. */
  readonly latenessMs: readonly number[];
  /** When the last was received, milliseconds since the epoch. */
  readonly lastMs: number;
}

/** Subscribes to a log in a process of its own, from the beginning on. */
export function startWatcher(bench: Bench, args: WatcherArgs): Promise<HelperProcess<Watched>> {
  return startHelper(bench, new URL('./watcher-process.js', import.meta.url), args);
}
