import * as access from './access/evolve.js';
import * as agent from './agent/evolve.js';
import * as appJob from './app-job/evolve.js';
import type { RecordedEvent } from './event.js';
import { msOf } from './instant.js';
import * as job from './job/evolve.js';
import { remember } from './recent-commands.js';
import * as planJob from './plan-job/evolve.js';
import * as scheduledJob from './scheduled-job/evolve.js';
import type { State } from './state.js';

/** Brings the state forward by one event. Total: an event that was stored always applies. */
export function evolve(state: State, event: RecordedEvent): void {
  state.position = Number(event.id);
  state.timeMs = msOf(event.time);
  apply(state, event);
  remember(state.recent, event, state.position, state.timeMs);
}

function apply(state: State, event: RecordedEvent): void {
  switch (event.type) {
    case 'daybook.writer.opened':
      state.reign = event.data.reign;
      state.opened = event.data;
      if (state.vouched.timeMs === 0) state.vouched = { ...state.vouched, timeMs: state.timeMs };
      return;
    case 'daybook.log.checkpoint-signed':
      state.vouched = { number: event.data.number, event: state.position, timeMs: state.timeMs };
      return;
    case 'daybook.writer.clock-stepped':
    case 'daybook.node.registered':
    case 'daybook.jobs.pruned':
    case 'daybook.plan-jobs.pruned':
      return;
    case 'daybook.subject.registered':
      state.subjects.set(event.data.subject.id, event.data.subject);
      return;
    case 'daybook.subject.password-set':
      return access.passwordSet(state, event.data);
    case 'daybook.subject.login-failed':
      return access.loginFailed(state, event.data);
    case 'daybook.role.defined':
      return access.roleDefined(state, event.data);
    case 'daybook.role.deleted':
      state.access.roles.delete(event.data.id);
      return;
    case 'daybook.token.issued':
      return access.tokenIssued(state, event.data);
    case 'daybook.token.revoked':
      return state.access.tokens.revoke(event.data.id);
    case 'daybook.task-target.created':
      state.access.taskTargets.set(event.data.id, event.data);
      return;
    case 'daybook.agent.invited':
      return agent.invited(state.agents, event.data, state.timeMs);
    case 'daybook.agent.joined':
      return agent.joined(state.agents, event.data, state.timeMs);
    case 'daybook.agent.revoked':
      return agent.revoked(state.agents, event.data);
    case 'daybook.subscriber.admitted':
      state.subscribers.set(event.data.name, { ...event.data, sinceMs: state.timeMs });
      return;
    case 'daybook.subscriber.revoked':
      state.subscribers.delete(event.data.name);
      return;
    case 'daybook.scheduled-job.scheduled':
      return scheduledJob.scheduled(state, event.data);
    case 'daybook.scheduled-job.fired':
      return scheduledJob.fired(state, event.data);
    case 'daybook.scheduled-job.skipped':
      return scheduledJob.skipped(state, event.data);
    case 'daybook.scheduled-job.edited':
      return scheduledJob.edited(state, event.data);
    case 'daybook.scheduled-job.resealed':
      return scheduledJob.resealed(state, event.data);
    case 'daybook.scheduled-job.deleted':
      return scheduledJob.deleted(state, event.data);
    case 'daybook.node.forgotten':
      return state.nodes.delete(event.data.node);
    case 'daybook.node.facts-reported':
      return state.nodes.put(event.data);
    case 'daybook.node-group.defined':
      state.nodeGroups.set(event.data.id, event.data);
      return;
    case 'daybook.node-group.deleted':
      state.nodeGroups.delete(event.data.id);
      return;
    case 'daybook.job.created':
      return job.created(state, event.data);
    case 'daybook.job.started':
      return job.started(state, event.data);
    case 'daybook.job.node-started':
      return job.nodeStarted(state, event.data);
    case 'daybook.job.node-finished':
      return job.nodeEnded(state, event.data, 'finished');
    case 'daybook.job.node-failed':
      return job.nodeEnded(state, event.data, 'failed');
    case 'daybook.job.node-errored':
      return job.nodeEnded(state, event.data, 'errored');
    case 'daybook.job.node-skipped':
      return job.nodeEnded(state, event.data, 'skipped');
    case 'daybook.job.stopping':
      return job.stopping(state, event.data);
    case 'daybook.job.finished':
      return job.finished(state, event.data);
    case 'daybook.plan-job.created':
      return planJob.created(state, event.data);
    case 'daybook.plan-job.started':
      return planJob.started(state, event.data);
    case 'daybook.plan-job.sub-plan-started':
      return planJob.subPlanStarted(state, event.data);
    case 'daybook.plan-job.sub-plan-ended':
      return planJob.subPlanEnded(state, event.data);
    case 'daybook.plan-job.message-sent':
    case 'daybook.plan-job.evaluated':
    case 'daybook.plan-job.query-answered':
    case 'daybook.plan-job.sleep-started':
    case 'daybook.plan-job.step-refused':
      return planJob.stepTaken(state, event.data);
    case 'daybook.plan-job.finished':
      state.planJobs.delete(event.data.id);
      return;
    case 'daybook.app.defined':
      state.apps.set(event.data.id, event.data);
      return;
    case 'daybook.app.removed':
      state.apps.delete(event.data.id);
      return;
    case 'daybook.app-job.scheduled':
      return appJob.scheduled(state, event.data);
    case 'daybook.app-job.fired':
      return appJob.fired(state, event.data);
    case 'daybook.app-job.skipped':
      return appJob.skipped(state, event.data);
    case 'daybook.app-job.attempt-failed':
      return appJob.attemptFailed(state, event.data);
    case 'daybook.app-job.delivered':
      return appJob.delivered(state, event.data);
    case 'daybook.app-job.given-up':
      return appJob.givenUp(state, event.data);
    case 'daybook.app-job.redelivered':
      return appJob.redelivered(state, event.data);
    case 'daybook.app-job.discarded':
      state.deadLetters.delete(event.data.run);
      return;
    case 'daybook.app-job.paused':
      return appJob.paused(state, event.data);
    case 'daybook.app-job.resumed':
      return appJob.resumed(state, event.data);
    case 'daybook.app-job.replanned':
      return appJob.replanned(state, event.data);
    case 'daybook.app-job.deleted':
      return appJob.deleted(state, event.data.id);
    case 'daybook.app-jobs.deleted':
      for (const id of event.data.ids) appJob.deleted(state, id);
      return;
    default:
      return event satisfies never;
  }
}
