import type { AuditRow } from '#read-store';

/** An entry as the API shows it. */
export const presentEntry = ({ number: event, ...entry }: AuditRow) => ({ event, ...entry });

export type PresentedEntry = ReturnType<typeof presentEntry>;
