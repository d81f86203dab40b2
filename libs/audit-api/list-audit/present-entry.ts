import type { AuditRow } from '#read-store';

/** An entry as the API shows it. */
export function presentEntry({ number, ...entry }: AuditRow) {
  const { time, type, subject, actor, login, correlation, command, before, after, details } = entry;
  return { event: number, time, type, subject, actor, login, correlation, command, before, after, details };
}

export type PresentedEntry = ReturnType<typeof presentEntry>;
