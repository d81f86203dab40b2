import { permission, permits } from '#domain';
import type { Permission } from '#domain';

/** Whether a plan may be run with these permissions. */
export const mayRun = (held: readonly Permission[], plan: string) => permits(held, permission('plans', 'run', plan));
