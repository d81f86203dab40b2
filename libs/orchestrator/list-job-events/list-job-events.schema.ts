import { FREE, listOf, NAME, named, objectOf, TEXT, textOf, TIME } from '#http';
import { NEXT_EVENTS } from '../job/job.schema.js';
import type { presentEvent } from './present-event.js';

const EVENT = named(
  'JobEvent',
  objectOf<ReturnType<typeof presentEvent>>({
    id: NAME,
    type: textOf(
      'node_running',
      'node_finished',
      'node_failed',
      'node_errored',
      'node_skipped',
      'job_stopping',
      'job_finished',
    ),
    timestamp: TIME,
    details: FREE,
    message: TEXT,
  }),
);

export const JOB_EVENTS = objectOf<{ items: unknown; 'next-events': unknown }>({
  items: listOf(EVENT),
  'next-events': NEXT_EVENTS,
});
