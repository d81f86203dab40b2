import { advance, carryOn } from '../advance.js';
import type { Answer, Command, CommandMeta } from '../command.js';
import { decide } from '../decide.js';
import { EVENT_VERSIONS, subjectOf } from '../event.js';
import type { DomainEvent, RecordedEvent } from '../event.js';
import { evolve } from '../evolve.js';
import type { TaskSpec } from '../job/events.js';
import { openResolver } from '#inventory-query';
import { demandSchemas } from '../../schemas-api/testing/schema-faults.js';
import type { Scope } from '../scope.js';
import { emptyState } from '../state.js';
import type { State } from '../state.js';
import { subject } from './subject.js';

export const START_MS = Date.parse('2027-05-05T12:00:00.000Z');

/** When nodes took their facts. */
export const FACTS_AT = '2027-05-05T11:00:00.000Z';

export const spec: TaskSpec = {
  command: 'task',
  task: 'echo',
  environment: 'production',
  noop: false,
  params: { value: { message: 'hello' } },
  sealed: null,
  timeoutS: null,
  concurrency: null,
};

/** Before the first event, but the administrator `a` is known, who gives the commands. */
function stateWithAdministrator(): State {
  const state = emptyState();
  state.subjects.set('a', subject('a', 'a'));
  return state;
}

/**
 * A history in the making: decides commands, advances time, and folds what comes of it. Each event must be as its schema
 * has it.
 */
export class History {
  state: State = stateWithAdministrator();
  readonly events: DomainEvent[] = [];
  nowMs = START_MS;
  readonly #resolver = openResolver();
  #commands = 0;

  /** Decides a command at the present time; gives its events. */
  when(command: Command, meta: Partial<CommandMeta> = {}): DomainEvent[] {
    return this.#decide(command, meta).events;
  }

  answer(command: Command, meta: Partial<CommandMeta> = {}): Answer {
    return this.#decide(command, meta).answer;
  }

  #decide(command: Command, given: Partial<CommandMeta>): { events: DomainEvent[]; answer: Answer } {
    const meta = { commandId: `command-${++this.#commands}`, actor: 'subject/a', correlationId: 'c', ...given };
    const decision = decide(this.state, command, meta, this.nowMs, this.#resolver);
    this.#fold(decision.events, meta.commandId, meta.bodyDigest);
    return { events: [...decision.events], answer: decision.answer };
  }

  /** Lets time pass, then everything happen that is due; gives its events. */
  after(ms: number): DomainEvent[] {
    this.nowMs += ms;
    const events: DomainEvent[] = [];
    const next = () => advance(this.state, this.nowMs, this.#resolver) ?? carryOn(this.state);
    for (let due = next(); due; due = next()) {
      this.#fold(due.events, due.cause);
      events.push(...due.events);
    }
    return events;
  }

  #fold(events: readonly DomainEvent[], causationid: string, bodydigest?: string): void {
    for (const event of events) {
      this.events.push(event);
      const recorded: RecordedEvent = {
        ...event,
        specversion: '1.0',
        id: String(this.events.length),
        source: '/daybook/test/0',
        subject: subjectOf(event),
        time: new Date(this.nowMs).toISOString(),
        dataschema: `/schemas/${event.type}/${EVENT_VERSIONS[event.type]}`,
        actor: 'subject/a',
        correlationid: 'c',
        causationid,
        ...(bodydigest === undefined ? {} : { bodydigest }),
      };
      demandSchemas([recorded]);
      evolve(this.state, recorded);
    }
  }

  schedule(inMs: number, intervalS: number | null = null, nodes: readonly string[] = ['a']): DomainEvent[] {
    const scheduledTimeMs = this.nowMs + inMs;
    return this.scheduleScope({ nodes }, scheduledTimeMs, intervalS);
  }

  scheduleScope(scope: Scope, scheduledTimeMs: number, intervalS: number | null = null): DomainEvent[] {
    const said = { spec, scope, owner: 'a', description: '', userdata: {} };
    return this.when({ type: 'schedule-job', ...said, scheduledTimeMs, intervalS });
  }

  run(nodes: readonly string[], over: Partial<TaskSpec> = {}): DomainEvent[] {
    const what = { ...spec, ...over };
    return this.when({ type: 'create-job', spec: what, scope: { nodes }, owner: 'a', description: '', userdata: {} });
  }

  /** A node tells its facts, or others. */
  facts(node: string, digest = '1', environment = 'production'): DomainEvent[] {
    const facts = { os: digest };
    return this.when({ type: 'report-facts', node, environment, digest, takenAt: FACTS_AT, facts });
  }

  started(job: number, node: string): DomainEvent[] {
    return this.when({ type: 'report-run', job, node, kind: 'started', attempt: 1, startedAt: iso(this.nowMs) });
  }

  ended(job: number, node: string, kind: 'finished' | 'failed' = 'finished'): DomainEvent[] {
    const at = iso(this.nowMs);
    const report = { type: 'report-run', job, node, kind, attempt: 1, startedAt: at, finishedAt: at } as const;
    return this.when({ ...report, result: { _output: '' }, large: null });
  }

  errored(job: number, node: string): DomainEvent[] {
    const error = { kind: 'k', msg: 'm', details: {} };
    return this.when({ type: 'report-run', job, node, kind: 'errored', startedAt: null, error });
  }
}

export const iso = (ms: number) => new Date(ms).toISOString();

export const typesOf = (events: readonly DomainEvent[]) => events.map(({ type }) => type.replace('daybook.', ''));
