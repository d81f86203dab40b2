import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** Tells which program runs, with the time-zone data of its Node. */
export function programInfo(registry: Registry, version: string): void {
  const info = new Gauge({
    name: 'daybook_info',
    help: 'Which Daybook runs, and the time-zone data that it goes by.',
    labelNames: ['version', 'tz'],
    registers: [registry],
  });
  info.set({ version, tz: process.versions.tz ?? '' }, 1);
}
