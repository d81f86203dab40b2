/** What of jobs is otherwise than of plan jobs. */
export interface JobKind {
  readonly path: string;
  /** For people. */
  readonly noun: string;
  /** Its events are about this and its number. */
  readonly subject: string;
  readonly lastEvent: string;
  readonly endStates: readonly string[];
  readonly goodEnd: string;
}

export const JOB: JobKind = {
  path: '/orchestrator/v1/jobs',
  noun: 'job',
  subject: 'job',
  lastEvent: 'daybook.job.finished',
  endStates: ['finished', 'failed', 'stopped'],
  goodEnd: 'finished',
};

export const PLAN_JOB: JobKind = {
  path: '/orchestrator/v1/plan_jobs',
  noun: 'plan job',
  subject: 'plan-job',
  lastEvent: 'daybook.plan-job.finished',
  endStates: ['success', 'failure'],
  goodEnd: 'success',
};
