import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** How far the read models are behind the log, as it is asked for. */
export interface Lag {
  readonly events: number;
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
    help: 'Since when the read models have not shown all events.',
    registers,
    collect() {
      this.set(lag().seconds);
    },
  });
}

/** Follows how far log and read models have come. */
export function followLag(now: () => number) {
  let stored = 0;
  let shown = 0;
  let behindSinceMs: number | null = null;
  const look = () => {
    if (shown >= stored) behindSinceMs = null;
    else behindSinceMs ??= now();
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
      seconds: behindSinceMs === null ? 0 : (now() - behindSinceMs) / 1000,
    }),
  };
}
