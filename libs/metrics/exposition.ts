import { AggregatorRegistry, collectDefaultMetrics } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Measured } from './registry.js';

/** Has the process itself measured: CPU, memory, file handles, event loop. */
export const measureProcess = (registry: Registry) => collectDefaultMetrics({ register: registry });

/** What several threads have measured, as Prometheus reads it. */
export function exposition(measured: readonly Measured[]): Promise<string> {
  return AggregatorRegistry.aggregate(measured.map((each) => [...each])).metrics();
}
