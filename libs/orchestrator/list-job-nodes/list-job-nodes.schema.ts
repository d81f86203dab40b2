import { COUNT, FREE, listOf, named, objectOf, orNull, TEXT, TIME } from '#http';
import { NEXT_EVENTS, NODE_STATE } from '../job/job.schema.js';
import type { presentNode } from './present-node.js';

type Presented = ReturnType<typeof presentNode> & { readonly result?: unknown };

const NODE = named(
  'JobNode',
  objectOf<Presented>(
    {
      name: TEXT,
      state: NODE_STATE,
      timestamp: TIME,
      start_timestamp: orNull(TIME),
      finish_timestamp: orNull(TIME),
      duration: orNull({ type: 'number', minimum: 0 }),
      transaction_uuid: orNull(TEXT),
      transport: TEXT,
      'latest-event-id': COUNT,
      message: TEXT,
      details: FREE,
      // Whatever the task returned.
      result: {},
    },
    ['result'],
  ),
);

export const JOB_NODES = objectOf<{ items: unknown; 'next-events': unknown }>({
  items: listOf(NODE),
  'next-events': NEXT_EVENTS,
});
