import type { Bench } from './bench.js';
import { startHelper } from './helper-process.js';
import type { HelperProcess } from './helper-process.js';

export interface SubscriberArgs {
  /** Of the orchestrator API. */
  readonly url: string;
  readonly token: string;
  /** A filter for each of them, and how many events that pass it make one result. */
  readonly readers: readonly { readonly query: string; readonly count: number }[];
}

export interface Received {
  /** From the time of each event, when it was decided, to its receipt. */
  readonly tookMs: readonly number[];
}

/** Subscribes over HTTP, in a process of its own, to the events that come from now on. */
export function startSubscribers(bench: Bench, args: SubscriberArgs): Promise<HelperProcess<Received>> {
  return startHelper(bench, new URL('./subscribers-process.js', import.meta.url), args);
}
