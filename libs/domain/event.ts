import type { AccessEvents } from './access/events.js';
import type { AgentEvents } from './agent/events.js';
import type { AppEvents } from './app/events.js';
import type { AppJobEvents } from './app-job/events.js';
import type { NodeEvents } from './inventory/events.js';
import type { JobEvents } from './job/events.js';
import type { LogEvents } from './log/events.js';
import type { NodeGroupEvents } from './node-group/events.js';
import type { PlanJobEvents } from './plan-job/events.js';
import type { ScheduledJobEvents } from './scheduled-job/events.js';
import type { SubjectEvents } from './subject/events.js';
import type { SubscriberEvents } from './subscriber/events.js';
import type { WriterEvents } from './writer/events.js';

/** Every event by its wire name. A wire name never changes. */
export interface EventData
  extends
    WriterEvents,
    LogEvents,
    SubjectEvents,
    AccessEvents,
    AgentEvents,
    SubscriberEvents,
    NodeEvents,
    NodeGroupEvents,
    ScheduledJobEvents,
    JobEvents,
    PlanJobEvents,
    AppEvents,
    AppJobEvents {}

export type EventType = keyof EventData;

/** A fact as a decision states it, before it has a number and a time. */
export type DomainEvent = { [T in EventType]: { readonly type: T; readonly data: EventData[T] } }[EventType];

/** The version of each event's shape; a changed shape gets the next one. */
export const EVENT_VERSIONS: Readonly<Record<EventType, number>> = {
  'daybook.writer.opened': 1,
  'daybook.writer.clock-stepped': 1,
  'daybook.log.checkpoint-signed': 1,
  'daybook.subject.registered': 1,
  'daybook.agent.invited': 1,
  'daybook.agent.joined': 1,
  'daybook.agent.revoked': 1,
  'daybook.subscriber.admitted': 1,
  'daybook.subscriber.revoked': 1,
  'daybook.node.registered': 1,
  'daybook.node.forgotten': 1,
  'daybook.node.facts-reported': 1,
  'daybook.node-group.defined': 1,
  'daybook.node-group.deleted': 1,
  'daybook.subject.password-set': 1,
  'daybook.subject.login-failed': 1,
  'daybook.role.defined': 1,
  'daybook.role.deleted': 1,
  'daybook.token.issued': 1,
  'daybook.token.revoked': 1,
  'daybook.task-target.created': 1,
  'daybook.scheduled-job.scheduled': 1,
  'daybook.scheduled-job.fired': 1,
  'daybook.scheduled-job.skipped': 1,
  'daybook.scheduled-job.edited': 1,
  'daybook.scheduled-job.resealed': 1,
  'daybook.scheduled-job.deleted': 1,
  'daybook.job.created': 1,
  'daybook.job.started': 1,
  'daybook.job.node-started': 1,
  'daybook.job.node-finished': 1,
  'daybook.job.node-failed': 1,
  'daybook.job.node-errored': 1,
  'daybook.job.node-skipped': 1,
  'daybook.job.stopping': 1,
  'daybook.job.finished': 1,
  'daybook.jobs.pruned': 1,
  'daybook.plan-job.created': 1,
  'daybook.plan-job.started': 1,
  'daybook.plan-job.message-sent': 1,
  'daybook.plan-job.sub-plan-started': 1,
  'daybook.plan-job.sub-plan-ended': 1,
  'daybook.plan-job.evaluated': 1,
  'daybook.plan-job.query-answered': 1,
  'daybook.plan-job.sleep-started': 1,
  'daybook.plan-job.step-refused': 1,
  'daybook.plan-job.finished': 1,
  'daybook.plan-jobs.pruned': 1,
  'daybook.app.defined': 1,
  'daybook.app.removed': 1,
  'daybook.app-job.scheduled': 1,
  'daybook.app-job.fired': 1,
  'daybook.app-job.skipped': 1,
  'daybook.app-job.attempt-failed': 1,
  'daybook.app-job.delivered': 1,
  'daybook.app-job.given-up': 1,
  'daybook.app-job.redelivered': 1,
  'daybook.app-job.discarded': 1,
  'daybook.app-job.paused': 1,
  'daybook.app-job.resumed': 1,
  'daybook.app-job.replanned': 1,
  'daybook.app-job.deleted': 1,
  'daybook.app-jobs.deleted': 1,
};

interface Envelope {
  readonly specversion: '1.0';
  /** The event number in decimal: 1, 2, 3 … without a gap. */
  readonly id: string;
  /** `/daybook/<stream id>/<partition>`. */
  readonly source: string;
  /** What the event is about, e.g. `job/117`. */
  readonly subject: string;
  /** When it was decided, RFC 3339 with milliseconds; never earlier than the event before it. */
  readonly time: string;
  /** `/schemas/<type>/<version>`. */
  readonly dataschema: string;
  /** Who caused it: `subject/<id>`, `agent/<node>` or `daybook`. */
  readonly actor: string;
  /** Groups all that came of one request. */
  readonly correlationid: string;
  /** Id of the command that was decided. */
  readonly causationid: string;
  /** Keyed digest of the request's body where the caller sent an `Idempotency-Key`. */
  readonly bodydigest?: string;
}

/** An event as it stands in the log: a CloudEvent 1.0. */
export type RecordedEvent = DomainEvent & Envelope;

/** What each event is about: `job` for `daybook.job.created`. */
const ENTITIES = Object.fromEntries(Object.keys(EVENT_VERSIONS).map((type) => [type, type.split('.')[1]])) as Readonly<
  Record<EventType, string>
>;

/** The CloudEvents `subject` of an event. */
export function subjectOf(event: DomainEvent): string {
  const entity = ENTITIES[event.type];
  switch (event.type) {
    case 'daybook.writer.opened':
    case 'daybook.writer.clock-stepped':
    case 'daybook.log.checkpoint-signed':
    case 'daybook.jobs.pruned':
    case 'daybook.plan-jobs.pruned':
    case 'daybook.app-jobs.deleted':
      return entity;
    case 'daybook.agent.invited':
      return `invitation/${event.data.id}`;
    case 'daybook.agent.joined':
    case 'daybook.agent.revoked':
    case 'daybook.node.registered':
    case 'daybook.node.forgotten':
    case 'daybook.node.facts-reported':
      return `${entity}/${event.data.node}`;
    case 'daybook.subscriber.admitted':
    case 'daybook.subscriber.revoked':
      return `${entity}/${event.data.name}`;
    case 'daybook.subject.registered':
      return `${entity}/${event.data.subject.id}`;
    default:
      return `${entity}/${event.data.id}`;
  }
}
