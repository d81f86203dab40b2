import { FREE, LINK, listOf, NAME, named, objectOf, orNull, SUBJECT, TEXT, textOf, TIME } from '#http';
import type { Schema } from '#http';
import { LINKED } from '../answers.schema.js';
import type { presentPlanJob } from './present-plan-job.js';

type Presented = ReturnType<typeof presentPlanJob>;

/** What a command for a plan answers: the number of the plan job as text. */
export const PLAN_JOB_NAME = objectOf<{ name: string }>({ name: NAME });

const OPTIONS = objectOf<Presented['options']>({
  description: TEXT,
  plan_name: TEXT,
  parameters: FREE,
  sensitive: listOf(TEXT),
  scheduled_job_id: orNull(NAME),
  environment: TEXT,
});

/** The keys of a plan job as lists show it, as `presentPlanJob` makes them, and its result. */
export const PLAN_JOB_KEYS: Readonly<Record<keyof Presented | 'result', Schema>> = {
  id: LINK,
  name: NAME,
  state: textOf('pending', 'running', 'success', 'failure'),
  options: OPTIONS,
  owner: SUBJECT,
  created_timestamp: TIME,
  finished_timestamp: orNull(TIME),
  duration: { type: 'number', minimum: 0 },
  events: LINKED,
  userdata: FREE,
  // Whatever the plan returned.
  result: {},
};

export const PLAN_JOB = named('PlanJob', objectOf<Presented & { result: unknown }>(PLAN_JOB_KEYS, ['result']));
