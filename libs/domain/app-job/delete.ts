import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import type { State } from '../state.js';
import { findAppJob } from './find.js';

/** Jobs that one decision looks at and deletes, so that it holds up nobody. */
const ROWS_AT_ONCE = 20_000;
const DELETED_AT_ONCE = 1000;

export function deleteAppJob(state: State, command: Extract<UserCommand, { type: 'delete-app-job' }>): Decision {
  const { id, form } = findAppJob(state, command);
  return {
    events: [{ type: 'daybook.app-job.deleted', data: { id, form } }],
    answer: { kind: 'app-job-deleted', form },
  };
}

export function deleteAppJobs(state: State, command: Extract<UserCommand, { type: 'delete-app-jobs' }>): Decision {
  const { app, prefix, from } = command;
  const [ids, next] = state.appJobs.withPrefix(app, prefix, from, ROWS_AT_ONCE, DELETED_AT_ONCE);
  return {
    events: ids.length === 0 ? [] : [{ type: 'daybook.app-jobs.deleted', data: { ids } }],
    answer: { kind: 'app-jobs-deleted', count: ids.length, next },
  };
}
