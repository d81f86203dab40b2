import { EVENT_VERSIONS, subjectOf } from '#domain';
import type {
  DeploySpec,
  DomainEvent,
  EventData,
  EventType,
  PlanAction,
  PlanSpec,
  RecordedEvent,
  TaskSpec,
} from '#domain';
import { subject } from '../../domain/testing/subject.js';

/** Every event of a test's history is this long after the one before. */
export const STEP_MS = 1500;
const START_MS = Date.parse('2026-03-01T12:00:00.000Z');

/** More than any id, and still a number that a request may name. */
export const NOWHERE = 999_999_999_999_999;

/** Who asked for events, and as part of what. */
export interface Asked {
  readonly actor: string;
  readonly correlationid: string;
  readonly causationid: string;
}

const BY_ITSELF: Asked = { actor: 'daybook', correlationid: 'c', causationid: 'c' };

/** The event with a number, as the log would hold it. */
export function recorded<T extends EventType>(
  number: number,
  type: T,
  data: EventData[T],
  asked = BY_ITSELF,
): RecordedEvent {
  return {
    specversion: '1.0',
    id: String(number),
    source: '/daybook/test/0',
    type,
    subject: subjectOf({ type, data } as DomainEvent),
    time: timeOf(number),
    dataschema: `/schemas/${type}/${EVENT_VERSIONS[type]}`,
    ...asked,
    data,
  } as unknown as RecordedEvent;
}

export function timeOf(number: number): string {
  return new Date(START_MS + number * STEP_MS).toISOString();
}

/** A history written event by event. */
export class History {
  readonly events: RecordedEvent[] = [];
  #asked = BY_ITSELF;

  /** From here on, events are asked for by an actor in requests of this id. */
  by(actor: string, correlationid = 'c', causationid = 'c'): this {
    this.#asked = { actor, correlationid, causationid };
    return this;
  }

  /** Adds an event, and answers its number. */
  add<T extends EventType>(type: T, data: EventData[T]): number {
    const number = this.events.length + 1;
    this.events.push(recorded(number, type, data, this.#asked));
    return number;
  }

  subject(id: string, login: string): this {
    this.add('daybook.subject.registered', { subject: subject(id, login) });
    return this;
  }

  schedule(id: number, data: Partial<EventData['daybook.scheduled-job.scheduled']> = {}): this {
    const { nextRun = timeOf(1000 + id), scheduledTime = nextRun } = data;
    const rest = { owner: 'admin', description: '', userdata: {}, intervalS: null, scope: { nodes: ['n1'] } };
    const scheduled = { id, spec: spec(), ...rest, ...data, nextRun, scheduledTime };
    this.add('daybook.scheduled-job.scheduled', scheduled as EventData['daybook.scheduled-job.scheduled']);
    return this;
  }

  job(id: number, data: Partial<EventData['daybook.job.created']> = {}): this {
    const rest = { owner: 'admin', description: '', scheduledJob: null, userdata: {}, nodes: ['n1'], scope: null };
    this.add('daybook.job.created', { id, spec: spec(), ...rest, ...data });
    return this;
  }

  plan(id: number, data: Partial<EventData['daybook.plan-job.created']> = {}): this {
    const rest = {
      owner: 'admin',
      description: '',
      scheduledJob: null,
      userdata: {},
      targets: {},
      runsElsewhere: false,
    };
    this.add('daybook.plan-job.created', { id, spec: planSpec(), ...rest, ...data });
    return this;
  }

  /** A job that a plan asks for as its step. */
  jobOfPlan(id: number, planJob: number, step: number, action: PlanAction = 'task'): this {
    return this.job(id, { planJob: { id: planJob, action, step, at: placeOf(step) } });
  }

  /** A node starts, by its own clock as well. */
  start(id: number, node: string): this {
    const startedAt = timeOf(this.events.length + 1);
    this.add('daybook.job.node-started', { id, node, attempt: 1, startedAt });
    return this;
  }

  /** A node ends after `ms`. */
  end(id: number, node: string, how: 'finished' | 'failed', ms = 1000): this {
    const startedAt = timeOf(this.events.length + 1);
    const finishedAt = new Date(Date.parse(startedAt) + ms).toISOString();
    const run = { id, node, attempt: 1, startedAt, finishedAt, result: { _output: node }, large: null };
    this.add(`daybook.job.node-${how}`, run);
    return this;
  }
}

export function spec(task = 'echo', environment = 'production'): TaskSpec {
  const params = { value: { message: 'hello' } };
  return { command: 'task', task, environment, noop: false, params, sealed: null, timeoutS: null, concurrency: null };
}

export function planSpec(plan = 'facts::info', environment = 'production'): PlanSpec {
  const params = { value: { targets: 'localhost' } };
  const rest = { noop: false, sealed: null, found: {}, timeoutS: null, concurrency: null } as const;
  return { command: 'plan', plan, environment, params, ...rest };
}

/** Where a step of a test's plan stands. */
export const placeOf = (step: number) => ({ plan: 'facts::info', line: step + 1, step: null });

export function deploy(environment = 'production'): DeploySpec {
  const flags = { debug: true, tags: 'web' };
  const common = { environment, noop: false, timeoutS: null, concurrency: 5 };
  return { command: 'deploy', ...common, enforceEnvironment: true, noNoop: false, flags };
}
