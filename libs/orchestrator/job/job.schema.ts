import { COUNT, FLAG, FREE, LINK, listOf, NAME, named, objectOf, orNull, TEXT, textOf, TIME, SUBJECT } from '#http';
import { JOB_TYPES } from '#read-store';
import { LINKED } from '../answers.schema.js';
import { SCOPE } from '../scope/scope.schema.js';
import { DEPLOY_OPTIONS, GIVEN_FLAGS } from './deploy-options.schema.js';
import type { presentJob } from './present-job.js';
import type { presentNextEvents } from './present-next-events.js';

type Presented = ReturnType<typeof presentJob>;

export const JOB_STATE = textOf('new', 'ready', 'running', 'stopping', 'stopped', 'finished', 'failed');

export const NODE_STATE = textOf('new', 'running', 'finished', 'failed', 'errored', 'skipped');

/** Numbers of nodes by state. */
export const NODE_COUNTS = { type: 'object', additionalProperties: COUNT };

const COMMON_OPTIONS = {
  description: TEXT,
  noop: FLAG,
  environment: TEXT,
  scope: SCOPE,
  'scheduled-job-id': orNull(NAME),
  concurrency: orNull(COUNT),
  timeout: orNull(COUNT),
};

type Options = Presented['options'];
type TaskOptions = Extract<Options, { readonly task: string }>;

const TASK_OPTIONS = objectOf<TaskOptions>(
  { ...COMMON_OPTIONS, transport: TEXT, task: TEXT, sensitive: listOf(TEXT), params: FREE, plan_job: COUNT },
  ['plan_job'],
);

const OPTIONS = {
  anyOf: [
    named('TaskOptions', TASK_OPTIONS),
    named(
      'DeployOptions',
      objectOf<Exclude<Options, TaskOptions>>(
        { ...COMMON_OPTIONS, ...DEPLOY_OPTIONS, target: orNull(TEXT) },
        GIVEN_FLAGS,
      ),
    ),
  ],
};

/** A job as `presentJob` shows it. */
export const JOB = named(
  'Job',
  objectOf<Presented>({
    id: LINK,
    name: NAME,
    state: JOB_STATE,
    command: textOf(...JOB_TYPES),
    type: textOf(...JOB_TYPES),
    options: OPTIONS,
    owner: SUBJECT,
    description: TEXT,
    timestamp: TIME,
    started_timestamp: orNull(TIME),
    finished_timestamp: orNull(TIME),
    duration: orNull({ type: 'string', pattern: '^[0-9]+\\.[0-9]+$' }),
    environment: objectOf<Presented['environment']>({ name: TEXT }),
    node_count: COUNT,
    node_states: NODE_COUNTS,
    nodes: LINKED,
    report: LINKED,
    events: LINKED,
    userdata: FREE,
  }),
);

/** Where the events go on. */
export const NEXT_EVENTS = objectOf<ReturnType<typeof presentNextEvents>['next-events']>({ id: LINK, event: NAME });
