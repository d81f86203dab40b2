import { COUNT, FREE, listOf, named, objectOf, orNull, pageAfterOf, TEXT, textOf, TIME } from '#http';
import type { Schema } from '#http';
import { REFERENCE } from '../answers.schema.js';
import type { Change } from './diff.js';
import type { presentHistoryEntry } from './present-history-entry.js';

type Presented = ReturnType<typeof presentHistoryEntry>;
type Of<W extends Presented['what']> = Extract<Presented, { readonly what: W }>;

const COMMON = { event: COUNT, time: TIME, actor: TEXT, login: orNull(TEXT) };

const CHANGE = objectOf<Change>({ path: TEXT, before: {}, after: {} }, ['before', 'after']);

const CHANGED = { ...COMMON, version: COUNT, changes: listOf(CHANGE) };

const ENTRY: Schema = named('ScheduledJobHistoryEntry', {
  anyOf: [
    objectOf<Of<'created'>>({ ...COMMON, what: textOf('created'), version: COUNT, after: FREE }),
    objectOf<Of<'edited'>>({ ...CHANGED, what: textOf('edited') }),
    objectOf<Of<'resealed'>>({ ...CHANGED, what: textOf('resealed') }),
    objectOf<Of<'fired'>>({
      ...COMMON,
      what: textOf('fired'),
      occurrence: TIME,
      lateness_ms: { type: 'integer' },
      job: REFERENCE,
      next_run: orNull(TIME),
    }),
    objectOf<Of<'skipped'>>(
      {
        ...COMMON,
        what: textOf('skipped'),
        reason: textOf('overlap', 'misfire', 'submission-error'),
        first: TIME,
        last: TIME,
        count: COUNT,
        submission_error: FREE,
        next_run: orNull(TIME),
      },
      ['submission_error'],
    ),
    objectOf<Of<'deleted'>>({ ...COMMON, what: textOf('deleted'), before: FREE }),
  ],
});

export const SCHEDULED_JOB_HISTORY = pageAfterOf(ENTRY);
