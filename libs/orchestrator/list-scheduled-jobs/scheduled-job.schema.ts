import { COUNT, FLAG, LINK, NAME, named, objectOf, orNull, TEXT, textOf, TIME, SUBJECT } from '#http';
import { DEPLOY_OPTIONS, GIVEN_FLAGS } from '../job/deploy-options.schema.js';
import { SCOPE } from '../scope/scope.schema.js';
import type { presentScheduledJob } from './present-scheduled-job.js';

type Presented = ReturnType<typeof presentScheduledJob>;

export const INTERVAL = objectOf<{ units: string; value: number }>({ units: textOf('seconds'), value: COUNT });

type JobOptions = Presented['job_options'];
type TaskOptions = Extract<JobOptions, { readonly task: string }>;
type PlanOptions = Extract<JobOptions, { readonly plan: string }>;
type DeployOptions = Extract<JobOptions, { readonly concurrency: unknown }>;

const JOB_OPTIONS = {
  anyOf: [
    objectOf<TaskOptions>({ noop: FLAG, task: TEXT }),
    objectOf<PlanOptions>({ noop: FLAG, plan: TEXT }),
    objectOf<DeployOptions>({ noop: FLAG, concurrency: orNull(COUNT), ...DEPLOY_OPTIONS }, GIVEN_FLAGS),
  ],
};

/** Of plans, which know their nodes themselves. */
const NO_SCOPE = { type: 'object', maxProperties: 0 };

export const SCHEDULED_JOB = named(
  'ScheduledJob',
  objectOf<Presented>(
    {
      id: LINK,
      name: NAME,
      type: textOf('task', 'plan', 'deploy'),
      task: TEXT,
      plan: TEXT,
      scope: { anyOf: [SCOPE, NO_SCOPE] },
      environment: TEXT,
      enviroment: { ...TEXT, description: 'the same as environment' },
      owner: SUBJECT,
      description: TEXT,
      next_run: TIME,
      scheduled_time: TIME,
      schedule_options: objectOf<Presented['schedule_options']>({ interval: INTERVAL }, ['interval']),
      noop: FLAG,
      job_options: JOB_OPTIONS,
    },
    ['task', 'plan'],
  ),
);
