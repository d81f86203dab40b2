import type { EventType } from '#domain';

/**
 * What an event is to its subject. `begins`: there is one from here on; `states`: it is this, whether or not there was
 * one; `changes`: a part of it is this; `ends`: there is none any more; `tells`: something happened, and it is as it was.
 */
export type AuditRole = 'begins' | 'states' | 'changes' | 'ends' | 'tells';

/** Of each event in the audit log; `ignore`: what machines and clocks report stands in the log of events alone. */
export const AUDIT_ROLES = {
  'daybook.writer.opened': 'ignore',
  'daybook.writer.clock-stepped': 'ignore',
  'daybook.log.checkpoint-signed': 'ignore',
  'daybook.subject.registered': 'states',
  'daybook.subject.password-set': 'tells',
  'daybook.subject.login-failed': 'tells',
  'daybook.role.defined': 'states',
  'daybook.role.deleted': 'ends',
  'daybook.token.issued': 'begins',
  'daybook.token.revoked': 'ends',
  'daybook.task-target.created': 'begins',
  'daybook.agent.invited': 'begins',
  'daybook.agent.joined': 'begins',
  'daybook.agent.revoked': 'ends',
  'daybook.subscriber.admitted': 'begins',
  'daybook.subscriber.revoked': 'ends',
  'daybook.node.registered': 'ignore',
  'daybook.node.forgotten': 'ignore',
  'daybook.node.facts-reported': 'ignore',
  'daybook.node-group.defined': 'states',
  'daybook.node-group.deleted': 'ends',
  'daybook.scheduled-job.scheduled': 'begins',
  'daybook.scheduled-job.fired': 'tells',
  'daybook.scheduled-job.skipped': 'tells',
  'daybook.scheduled-job.edited': 'changes',
  'daybook.scheduled-job.resealed': 'changes',
  'daybook.scheduled-job.deleted': 'ends',
  'daybook.job.created': 'begins',
  'daybook.job.started': 'ignore',
  'daybook.job.node-started': 'ignore',
  'daybook.job.node-finished': 'ignore',
  'daybook.job.node-failed': 'ignore',
  'daybook.job.node-errored': 'ignore',
  'daybook.job.node-skipped': 'ignore',
  'daybook.job.stopping': 'tells',
  'daybook.job.finished': 'ignore',
  'daybook.jobs.pruned': 'ignore',
  'daybook.plan-job.created': 'begins',
  'daybook.plan-job.started': 'ignore',
  'daybook.plan-job.message-sent': 'ignore',
  'daybook.plan-job.sub-plan-started': 'ignore',
  'daybook.plan-job.sub-plan-ended': 'ignore',
  'daybook.plan-job.evaluated': 'ignore',
  'daybook.plan-job.query-answered': 'ignore',
  'daybook.plan-job.sleep-started': 'ignore',
  'daybook.plan-job.step-refused': 'ignore',
  'daybook.plan-job.finished': 'tells',
  'daybook.plan-jobs.pruned': 'ignore',
  'daybook.app.defined': 'states',
  'daybook.app.removed': 'ends',
  'daybook.app-job.scheduled': 'begins',
  'daybook.app-job.fired': 'tells',
  'daybook.app-job.skipped': 'tells',
  'daybook.app-job.attempt-failed': 'ignore',
  'daybook.app-job.delivered': 'ignore',
  'daybook.app-job.given-up': 'ignore',
  'daybook.app-job.redelivered': 'tells',
  'daybook.app-job.discarded': 'tells',
  'daybook.app-job.paused': 'changes',
  'daybook.app-job.resumed': 'changes',
  'daybook.app-job.replanned': 'tells',
  'daybook.app-job.deleted': 'ends',
  'daybook.app-jobs.deleted': 'tells',
} as const satisfies Readonly<Record<EventType, AuditRole | 'ignore'>>;

/** An event that is in the audit log. */
export type AuditedType = {
  [T in EventType]: (typeof AUDIT_ROLES)[T] extends 'ignore' ? never : T;
}[EventType];

export const AUDITED_TYPES = (Object.keys(AUDIT_ROLES) as EventType[]).filter(
  (type): type is AuditedType => AUDIT_ROLES[type] !== 'ignore',
);

/** Events that are there only where a user or an app asked for them; else the event that they follow from is. */
export const ASKED_FOR: ReadonlySet<EventType> = new Set<AuditedType>([
  'daybook.job.created',
  'daybook.job.stopping',
  'daybook.plan-job.created',
  'daybook.plan-job.finished',
]);
