import type { EventType, RecordedEvent } from '#domain';

import { plainText } from '../orchestrator/plain-text.js';
import { insert } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';
import { ASKED_FOR, AUDIT_ROLES } from './roles.js';
import { withoutSecrets } from './without-secrets.js';

/** Who did what: an entry for each event that somebody asked for, and for each occurrence that fired or did not. */
export const auditFolds = Object.fromEntries(
  (Object.keys(AUDIT_ROLES) as EventType[]).map((type) => [type, foldOf(type)]),
) as Readonly<Record<EventType, ReturnType<typeof foldOf>>>;

function foldOf(type: EventType) {
  if (AUDIT_ROLES[type] === 'ignore') return 'ignore';
  return ASKED_FOR.has(type) ? (event: RecordedEvent) => (isAskedFor(event) ? entry(event) : []) : entry;
}

/** Agents report, and Daybook acts by itself. */
const isAskedFor = ({ actor }: RecordedEvent) => actor.startsWith('subject/') || actor.startsWith('app/');

function entry(event: RecordedEvent): readonly Operation[] {
  return [
    insert('audit_entries', {
      number: Number(event.id),
      at: Date.parse(event.time),
      type: event.type,
      subject: plainText(event.subject),
      actor: plainText(event.actor),
      correlation: plainText(event.correlationid),
      command: plainText(event.causationid),
      is_change: AUDIT_ROLES[event.type] === 'tells' ? 0 : 1,
      data: JSON.stringify(withoutSecrets(event)),
    }),
  ];
}
