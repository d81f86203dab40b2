import { defineEntity, p } from '@mikro-orm/core';

/** An event of the audit log. The time never goes back from one number to the next. */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entries',
  indexes: [
    // Holds all that it takes to find the change before an entry, among occurrences that change nothing.
    { properties: ['subject', 'number', 'isChange'] },
    { properties: ['actor', 'number'] },
    { properties: ['type', 'number'] },
  ],
  properties: {
    /** Event number. Of another type on SQLite, as with jobs. */
    number: p.bigint('number').primary().autoincrement(false).ignoreSchemaChanges('type'),
    at: p.bigint('number'),
    type: p.text(),
    subject: p.text(),
    actor: p.text(),
    correlation: p.text(),
    command: p.text(),
    /** 1: it says what the subject is from here on, or that it is no more; 0: it says what happened. */
    isChange: p.integer(),
    /** JSON of the event's data, without secrets. */
    data: p.text(),
  },
});
