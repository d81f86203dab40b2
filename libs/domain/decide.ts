import { actorOf } from './access/actor.js';
import { decideAccess } from './access/decide.js';
import { authorize } from './access/rights.js';
import { decideAgent } from './agent/decide.js';
import { decideApp } from './app/decide.js';
import { decideAppJob } from './app-job/decide.js';
import type { Command, CommandMeta } from './command.js';
import { DONE, NOTHING } from './decision.js';
import type { Decision } from './decision.js';
import { reportFacts } from './inventory/report-facts.js';
import { createJob } from './job/create.js';
import { pruneJobs } from './job/prune.js';
import { reportRun } from './job/report.js';
import { stopJob } from './job/stop.js';
import { decideCheckpoint } from './log/checkpoint.js';
import { defineNodeGroup, deleteNodeGroup } from './node-group/node-groups.js';
import { createPlanJob } from './plan-job/create.js';
import { endPlanJob, stopPlanJob } from './plan-job/end.js';
import { prunePlanJobs } from './plan-job/prune.js';
import { startPlanJob, takePlanStep } from './plan-job/step.js';
import { Refusal } from './refusal.js';
import type { Resolver } from './resolve.js';
import { deleteScheduledJob } from './scheduled-job/delete.js';
import { editScheduledJob } from './scheduled-job/edit.js';
import { resealScheduledJob } from './scheduled-job/reseal.js';
import { scheduleJob } from './scheduled-job/schedule.js';
import type { State } from './state.js';
import { decideSubscriber } from './subscriber/decide.js';
import { instant } from './instant.js';

/**
 * Decides a command: which events follow from it. Changes nothing.
 * @throws Refusal when the rules do not allow it
 */
export function decide(state: State, command: Command, meta: CommandMeta, nowMs: number, resolver: Resolver): Decision {
  return repeated(state, meta) ?? decideNew(state, command, meta, nowMs, resolver);
}

/** A command id that was decided before gets its first answer again. */
function repeated(state: State, meta: CommandMeta): Decision | null {
  const first = state.recent.get(meta.commandId);
  if (!first) return null;
  if (first.bodyDigest !== meta.bodyDigest) throw new Refusal({ code: 'key-reused', commandId: meta.commandId });
  return { events: [], answer: first.answer, position: first.number };
}

function decideNew(state: State, command: Command, meta: CommandMeta, nowMs: number, resolver: Resolver): Decision {
  const actor = actorOf(state, meta);
  authorize(actor, command);
  switch (command.type) {
    case 'schedule-job':
      return scheduleJob(state, command, actor, nowMs, resolver);
    case 'edit-scheduled-job':
      return editScheduledJob(state, command, actor, nowMs, resolver);
    case 'delete-scheduled-job':
      return deleteScheduledJob(state, command, actor);
    case 'create-job':
      return createJob(state, command, actor, resolver);
    case 'stop-job':
      return stopJob(state, command);
    case 'prune-jobs':
      return pruneJobs(state, command);
    case 'report-run':
      return reportRun(state, command);
    case 'reseal-scheduled-job':
      return resealScheduledJob(state, command);
    case 'report-facts':
      return reportFacts(state, command);
    case 'define-node-group':
      return defineNodeGroup(state, command);
    case 'delete-node-group':
      return deleteNodeGroup(state, command);
    case 'invite-agent':
    case 'join-agent':
    case 'revoke-agent':
      return decideAgent(state, command, nowMs);
    case 'admit-subscriber':
    case 'revoke-subscriber':
      return decideSubscriber(state, command);
    case 'create-plan-job':
      return createPlanJob(state, command, actor, resolver);
    case 'start-plan-job':
      return startPlanJob(state, command);
    case 'take-plan-step':
      return takePlanStep(state, command, resolver);
    case 'stop-plan-job':
      return stopPlanJob(state, command);
    case 'end-plan-job':
      return endPlanJob(state, command, actor);
    case 'prune-plan-jobs':
      return prunePlanJobs(state, command);
    case 'define-app':
    case 'remove-app':
      return decideApp(state, command);
    case 'schedule-app-job':
    case 'delete-app-job':
    case 'delete-app-jobs':
    case 'pause-app-job':
    case 'resume-app-job':
    case 'trigger-app-job':
    case 'redeliver-run':
    case 'discard-run':
    case 'report-delivery':
    case 'replan-app-job':
      return decideAppJob(state, command, nowMs);
    case 'ask-position':
      return NOTHING;
    case 'register-subject': {
      if (state.subjects.has(command.subject.id)) return NOTHING;
      return { events: [{ type: 'daybook.subject.registered', data: { subject: command.subject } }], answer: DONE };
    }
    case 'open-writer': {
      const { program, logFormat, timeZoneData, keyCheck } = command;
      const data = {
        reign: state.reign + 1,
        program,
        logFormat,
        timeZoneData,
        keyCheck,
        clock: instant(nowMs),
      };
      return { events: [{ type: 'daybook.writer.opened', data }], answer: DONE };
    }
    case 'sign-checkpoint':
      return decideCheckpoint(state, command);
    case 'note-clock-step': {
      const { fromMs, toMs, isFollowed: followed } = command;
      const data = { from: instant(fromMs), to: instant(toMs), followed };
      return { events: [{ type: 'daybook.writer.clock-stepped', data }], answer: DONE };
    }
    default:
      return decideAccess(state, command, actor, nowMs);
  }
}
