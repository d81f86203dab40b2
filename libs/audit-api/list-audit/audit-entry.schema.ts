import { COUNT, FREE, named, objectOf, orNull, pageAfterOf, TEXT, textOf, TIME } from '#http';
import { AUDITED_TYPES } from '#read-store';
import type { PresentedEntry } from './present-entry.js';

const AUDIT_ENTRY = named(
  'AuditEntry',
  objectOf<PresentedEntry>({
    event: COUNT,
    time: TIME,
    type: textOf(...AUDITED_TYPES),
    subject: TEXT,
    actor: TEXT,
    login: orNull(TEXT),
    correlation: TEXT,
    command: TEXT,
    before: orNull(FREE),
    after: orNull(FREE),
    details: orNull(FREE),
  }),
);

export const AUDIT_PAGE = pageAfterOf(AUDIT_ENTRY);

/** An entry on each line. */
export const AUDIT_LINES = { type: 'string', contentMediaType: 'application/x-ndjson' };

export const AUDIT_CSV = { type: 'string', contentMediaType: 'text/csv' };
