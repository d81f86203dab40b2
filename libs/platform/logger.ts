import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger };

/** One JSON line per message on standard error, so that standard output stays for what the user asked to see. */
export function createLogger(name: string, level: string): Logger {
  return pino({ name, level }, pino.destination({ dest: 2, sync: false }));
}
