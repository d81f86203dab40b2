import type { Command } from '../command.js';
import type { Decision } from '../decision.js';
import type { State } from '../state.js';
import type { AppJobCommand, ReplanAppJob, ReportDelivery } from './commands.js';
import { discardRun, redeliverRun } from './dead-letters.js';
import { deleteAppJob, deleteAppJobs } from './delete.js';
import { triggerAppJob } from './fire.js';
import { pauseAppJob, resumeAppJob } from './pause.js';
import { replanAppJob } from './replan.js';
import { reportDelivery } from './report-delivery.js';
import { scheduleAppJob } from './schedule.js';

type OfAppJobs = Extract<Command, AppJobCommand | ReportDelivery | ReplanAppJob>;

/** Decides what is asked of jobs of apps, or told of them. @throws Refusal when the rules do not allow it */
export function decideAppJob(state: State, command: OfAppJobs, nowMs: number): Decision {
  switch (command.type) {
    case 'schedule-app-job':
      return scheduleAppJob(state, command, nowMs);
    case 'delete-app-job':
      return deleteAppJob(state, command);
    case 'delete-app-jobs':
      return deleteAppJobs(state, command);
    case 'pause-app-job':
      return pauseAppJob(state, command);
    case 'resume-app-job':
      return resumeAppJob(state, command, nowMs);
    case 'trigger-app-job':
      return triggerAppJob(state, command, nowMs);
    case 'redeliver-run':
      return redeliverRun(state, command);
    case 'discard-run':
      return discardRun(state, command);
    case 'report-delivery':
      return reportDelivery(state, command, nowMs);
    case 'replan-app-job':
      return replanAppJob(state, command, nowMs);
  }
}
