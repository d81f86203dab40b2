import { FREE, NAME, named, objectOf, textOf, TIME } from '#http';
import type { PlanJobEventType } from '#read-store';
import type { presentPlanJobEvent } from './present-plan-job-event.js';

const TYPES: Readonly<Record<PlanJobEventType, true>> = {
  task_start: true,
  command_start: true,
  script_start: true,
  upload_start: true,
  download_start: true,
  wait_start: true,
  out_message: true,
  plan_start: true,
  plan_end: true,
  plan_finished: true,
  plan_failed: true,
  evaluated: true,
  query_answered: true,
  sleep_start: true,
  step_refused: true,
};

export const PLAN_JOB_EVENT = named(
  'PlanJobEvent',
  objectOf<ReturnType<typeof presentPlanJobEvent>>({
    id: NAME,
    type: textOf(...Object.keys(TYPES)),
    timestamp: TIME,
    details: FREE,
  }),
);
