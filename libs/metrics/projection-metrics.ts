import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** How far the read models are behind the log, as it is asked for. */
export interface Lag {
  readonly events: number;
  /** Since this process has known of the oldest of them, or a little longer. */
  readonly seconds: number;
}

export function projectionMetrics(registry: Registry, lag: () => Lag): void {
  const registers = [registry];
  new Gauge({
    name: 'daybook_projection_lag_events',
    help: 'Events that the read models do not show yet.',
    registers,
    collect() {
      this.set(lag().events);
    },
  });
  new Gauge({
    name: 'daybook_projection_lag_seconds',
    help: 'For how long this server has known of events that the read models do not show.',
    registers,
    collect() {
      this.set(lag().seconds);
    },
  });
}

/** How far the log was when somebody looked, and since when not all of that may have been shown. */
interface Mark {
  readonly stored: number;
  readonly atMs: number;
  readonly sinceMs: number;
}

/**
 * Follows how far log and read models have come. Where events come without end some are always missing: from mark to mark
 * it is seen that these are not the same ones.
 */
export function followLag(now: () => number) {
  let stored = 0;
  let shown = 0;
  let mark: Mark | null = null;
  const look = () => {
    if (shown >= stored) mark = null;
    else if (mark === null) mark = { stored, atMs: now(), sinceMs: now() };
    // What is missing was stored after the mark.
    else if (shown >= mark.stored) mark = { stored, atMs: now(), sinceMs: mark.atMs };
  };
  return {
    onStored: (position: number) => {
      stored = Math.max(stored, position);
      look();
    },
    onShown: (position: number) => {
      shown = position;
      look();
    },
    lag: (): Lag => ({
      events: Math.max(0, stored - shown),
      seconds: mark === null ? 0 : (now() - mark.sinceMs) / 1000,
    }),
  };
}
