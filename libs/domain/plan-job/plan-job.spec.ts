import fc from 'fast-check';
import { permission } from '../access/permission.js';
import type { DomainEvent } from '../event.js';
import { Refusal } from '../refusal.js';
import { History, iso, spec, START_MS, typesOf } from '../testing/given.js';
import type { PlanStep } from './commands.js';
import {
  AT,
  CODE,
  createPlan,
  endPlan,
  message,
  planSpec,
  runOn,
  startPlan,
  subPlanEnded,
  subPlanStarted,
  takeStep,
} from './testing/plans.js';

const refusal = (code: string) =>
  expect.objectContaining({ reason: expect.objectContaining({ code }) as object }) as Error;

/** A history with a plan that has started. */
function started(): History {
  const history = new History();
  createPlan(history);
  startPlan(history);
  return history;
}

describe('a plan job', () => {
  it('waits until it is started, with the code that it has from then on', () => {
    const history = new History();
    expect(createPlan(history)).toMatchObject([{ type: 'daybook.plan-job.created', data: { id: 1, spec: planSpec } }]);
    expect(history.state.planJobs.get(1)).toMatchObject({ startedMs: null, code: null });
    expect(startPlan(history)).toEqual([{ type: 'daybook.plan-job.started', data: { id: 1, code: CODE } }]);
    expect(startPlan(history)).toEqual([]);
    expect(history.state.planJobs.get(1)).toMatchObject({ startedMs: START_MS, code: CODE });
  });

  it('takes each step once, however often it is asked for', () => {
    const history = started();
    const first = takeStep(history, 1, 1, message);
    expect(first).toEqual([
      {
        type: 'daybook.plan-job.message-sent',
        data: { id: 1, step: 1, at: AT, message: { value: 'hello' }, isVerbose: false },
      },
    ]);
    expect(takeStep(history, 1, 1, message)).toEqual([]);
    expect(typesOf(takeStep(history, 1, 2, runOn('a')))).toEqual(['job.created']);
    expect(takeStep(history, 1, 2, runOn('a'))).toEqual([]);
    expect(history.state.jobs.size).toBe(1);
  });

  it.each<Extract<PlanStep, { data: unknown }>>([
    { type: 'daybook.plan-job.evaluated', data: { value: { value: [1, null] } } },
    { type: 'daybook.plan-job.sleep-started', data: { until: iso(START_MS + 1000) } },
    { type: 'daybook.plan-job.step-refused', data: { error: { kind: 'k', msg: 'm', details: {} } } },
  ])('says what a step came to that needs no job: $type', (taken) => {
    const data = { id: 1, step: 1, at: AT, ...taken.data };
    expect(takeStep(started(), 1, 1, taken)).toEqual([{ type: taken.type, data }]);
  });

  it('runs things on nodes by jobs that say whose they are', () => {
    const history = started();
    expect(takeStep(history, 1, 1, runOn('a', 'b'))).toMatchObject([
      { data: { id: 1, nodes: ['a', 'b'], owner: 'a', planJob: { id: 1, action: 'task', step: 1, at: AT } } },
    ]);
  });

  it('says when a sub-plan that ends has begun', () => {
    const history = started();
    takeStep(history, 1, 1, subPlanStarted);
    history.after(1000);
    takeStep(history, 1, 2, subPlanStarted);
    history.after(1000);
    const startedAt = (step: number) => takeStep(history, 1, step, subPlanEnded)[0]?.data;
    expect(startedAt(3)).toMatchObject({ startedAt: iso(START_MS + 1000) });
    expect(startedAt(4)).toMatchObject({ startedAt: iso(START_MS) });
  });

  it('that has ended takes no step any more, and ends once', () => {
    const history = started();
    expect(typesOf(endPlan(history, 1))).toEqual(['plan-job.finished']);
    expect(endPlan(history, 1)).toEqual([]);
    expect(() => takeStep(history, 1, 1, message)).toThrow(refusal('plan-already-finished'));
    expect(() => startPlan(history, 2)).toThrow(refusal('unknown-plan-job'));
  });

  it('that is stopped has failed, and its jobs go on', () => {
    const history = started();
    takeStep(history, 1, 1, runOn('a'));
    const stop = { type: 'stop-plan-job', id: 1 } as const;
    expect(history.when(stop)).toMatchObject([{ data: { state: 'failure', result: { msg: 'The plan was stopped' } } }]);
    expect(history.answer(stop)).toEqual({ kind: 'done' });
    expect(typesOf(history.ended(1, 'a')).at(-1)).toBe('job.finished');
  });

  it('that ends with its jobs stops those that are running, and no others', () => {
    const history = started();
    history.run(['a']);
    takeStep(history, 1, 1, runOn('a', 'b'));
    history.started(2, 'a');
    expect(typesOf(endPlan(history, 1, true))).toEqual(['plan-job.finished', 'job.stopping', 'job.node-skipped']);
    expect(history.state.jobs.get(1)).toMatchObject({ isStopping: false });
    expect(history.state.jobs.get(2)).toMatchObject({ isForced: true });
  });

  it('finds the nodes of its parameters when it begins to exist', () => {
    const history = new History();
    history.facts('n1');
    history.facts('n2');
    const found = { targets: { query: 'nodes[certname] {}' } };
    expect(createPlan(history, { found })).toMatchObject([{ data: { targets: { targets: ['n1', 'n2'] } } }]);
    expect(createPlan(history, { found: { targets: { query: 'nodes[certname] { certname = "x" }' } } })).toMatchObject([
      { data: { targets: { targets: [] } } },
    ]);
    expect(() => createPlan(history, { found: { targets: { query: 'nodes {' } } })).toThrow(refusal('query-error'));
  });

  it('has the rows that a query finds in that moment', () => {
    const history = started();
    history.facts('n1', '7');
    history.facts('n2', '8');
    const ask = (step: number, query: string) => takeStep(history, 1, step, { type: 'query', query });
    expect(ask(1, 'inventory[certname, facts.os] { facts.os = "8" }')).toMatchObject([
      { type: 'daybook.plan-job.query-answered', data: { rows: { value: [{ certname: 'n2', 'facts.os': '8' }] } } },
    ]);
    expect(ask(2, '["from", "nodes", ["extract", ["certname"]]]')).toMatchObject([
      { data: { rows: { value: [{ certname: 'n1' }, { certname: 'n2' }] } } },
    ]);
    expect(() => ask(3, 'nodes[')).toThrow(refusal('query-error'));
    expect(() => ask(3, '["from"')).toThrow(refusal('query-error'));
  });

  it('may be pruned once it has ended', () => {
    const history = started();
    createPlan(history);
    endPlan(history, 1);
    const prune = (...ids: readonly number[]) => history.when({ type: 'prune-plan-jobs', ids }, { actor: 'daybook' });
    expect(prune(0, 1, 2, 3)).toEqual([{ type: 'daybook.plan-jobs.pruned', data: { ids: [1] } }]);
    expect(prune(2)).toEqual([]);
  });

  it('remembers what its command was answered', () => {
    const history = new History();
    const create = { type: 'create-plan-job', spec: planSpec, owner: 'a', description: '', userdata: {} } as const;
    const answer = () => history.answer({ ...create, runsElsewhere: false }, { commandId: 'k' });
    expect([answer(), answer()]).toEqual([
      { kind: 'plan-created', planJob: 1 },
      { kind: 'plan-created', planJob: 1 },
    ]);
    expect(history.state.planJobs.size).toBe(1);
  });

  it('remembers of the command that stopped it what it was asked, and that it was done', () => {
    const history = started();
    createPlan(history);
    const stop = (id: number, bodyDigest: string) =>
      history.answer({ type: 'stop-plan-job', id }, { commandId: 'k', bodyDigest });
    expect([stop(1, 'first'), stop(1, 'first')]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect(() => stop(2, 'second')).toThrow(refusal('key-reused'));
    expect([...history.state.planJobs.keys()]).toEqual([2]);
  });

  it('remembers of the command that ended it and its jobs that it was done', () => {
    const history = started();
    takeStep(history, 1, 1, runOn('a'));
    const end = { type: 'end-plan-job', id: 1, state: 'failure', result: '', large: null, stopsJobs: true } as const;
    const answer = () => history.answer(end, { actor: 'daybook', commandId: 'k' });
    expect([answer(), answer()]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
  });
});

describe('a plan that runs elsewhere', () => {
  it('runs from the start, has jobs, and ends as its client says', () => {
    const history = new History();
    createPlan(history, {}, true);
    expect(history.state.planJobs.get(1)).toMatchObject({ startedMs: START_MS });
    const job = {
      type: 'create-job',
      spec,
      scope: { nodes: ['a'] },
      owner: 'a',
      description: '',
      userdata: {},
      planJob: { id: 1, action: 'task' },
    } as unknown as Parameters<History['when']>[0];
    expect(history.when(job)).toMatchObject([{ data: { planJob: { id: 1, action: 'task', step: null, at: null } } }]);
    const end = { type: 'end-plan-job', id: 1, state: 'failure', result: '', large: null, stopsJobs: false } as const;
    expect(history.when(end)).toMatchObject([{ data: { state: 'failure' } }]);
    expect(() => history.when(job)).toThrow(refusal('plan-already-finished'));
  });

  it('is told of by its owner only, and one of ours by nobody', () => {
    const history = new History();
    const user = { login: 'u', email: '', display_name: 'U', role_ids: [] };
    history.when({ type: 'create-user', id: 'u', user });
    const role = { display_name: 'R', description: '', permissions: [permission('orchestrator', 'view')] };
    history.when({ type: 'define-role', id: null, role, users: ['u'] });
    createPlan(history, {}, true);
    createPlan(history);
    const end = (id: number, actor: string) =>
      history.when(
        { type: 'end-plan-job', id, state: 'success', result: null, large: null, stopsJobs: false },
        { actor },
      );
    expect(() => end(1, 'subject/u')).toThrow(refusal('not-permitted'));
    expect(() => end(2, 'subject/a')).toThrow(refusal('plan-runs-here'));
    expect(typesOf(end(1, 'subject/a'))).toEqual(['plan-job.finished']);
  });
});

describe('the right to run a plan', () => {
  it('is for that plan, and is independent of tasks', () => {
    const history = new History();
    const user = { login: 'u', email: '', display_name: 'U', role_ids: [] };
    history.when({ type: 'create-user', id: 'u', user });
    const permissions = [permission('orchestrator', 'view'), permission('plans', 'run', 'site::deploy')];
    history.when({
      type: 'define-role',
      id: null,
      role: { display_name: 'R', description: '', permissions },
      users: ['u'],
    });
    const create = (plan: string) =>
      history.when(
        {
          type: 'create-plan-job',
          spec: { ...planSpec, plan },
          owner: 'u',
          description: '',
          userdata: {},
          runsElsewhere: false,
        },
        { actor: 'subject/u' },
      );
    expect(() => create('site::other')).toThrow(refusal('not-permitted'));
    expect(typesOf(create('site::deploy'))).toEqual(['plan-job.created']);
    startPlan(history);
    expect(typesOf(takeStep(history, 1, 1, runOn('a')))).toEqual(['job.created']);
  });
});

describe('a schedule of a plan', () => {
  it('fires plan jobs, and none while the last one has not ended', () => {
    const history = new History();
    const said = { spec: planSpec, scope: null, owner: 'a', description: 'd', userdata: {} };
    const scheduledTimeMs = history.nowMs + 1000;
    history.when({ type: 'schedule-job', ...said, scheduledTimeMs, intervalS: 10 });
    expect(history.after(1000)).toMatchObject([
      { type: 'daybook.scheduled-job.fired', data: { id: 1, job: 1 } },
      { type: 'daybook.plan-job.created', data: { id: 1, scheduledJob: 1, description: 'd' } },
    ]);
    expect(history.after(10_000)).toMatchObject([{ data: { reason: 'overlap' } }]);
    startPlan(history);
    endPlan(history, 1);
    expect(typesOf(history.after(10_000))).toEqual(['scheduled-job.fired', 'plan-job.created']);
  });

  it('becomes no schedule of a task by an edit', () => {
    const history = new History();
    const said = { spec: planSpec, scope: null, owner: 'a', description: '', userdata: {} };
    history.when({ type: 'schedule-job', ...said, scheduledTimeMs: history.nowMs + 1000, intervalS: null });
    history.schedule(1000);
    const edit = (id: number, plan: string) =>
      history.when({ type: 'edit-scheduled-job', id, changes: { spec: { ...planSpec, plan } } });
    expect(() => edit(2, 'site::other')).toThrow(refusal('other-type'));
    expect(edit(1, 'site::other')).toMatchObject([{ data: { spec: { plan: 'site::other' }, scope: null } }]);
  });
});

describe('plans with random steps', () => {
  type Move = (history: History) => unknown;
  const id = fc.integer({ min: 1, max: 3 });
  const step = fc.constantFrom(message, runOn('a'), runOn('a', 'b'), subPlanStarted);
  const move = fc.oneof(
    fc.boolean().map<Move>((elsewhere) => (history) => createPlan(history, {}, elsewhere)),
    id.map<Move>((plan) => (history) => startPlan(history, plan)),
    fc.tuple(id, fc.constantFrom(0, 1), step).map<Move>(
      ([plan, skew, taken]) =>
        (history) =>
          takeStep(history, plan, (history.state.planJobs.get(plan)?.lastStep ?? 0) + skew, taken),
    ),
    id.map<Move>((plan) => (history) => history.when({ type: 'stop-plan-job', id: plan })),
    id.map<Move>((plan) => (history) => endPlan(history, plan, true)),
  );

  function tryTo(make: Move, history: History): void {
    try {
      make(history);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** Of which plan an event is a step, and which; null: it is none. */
  function stepOf(event: DomainEvent): { readonly id: number; readonly step: number | null } | null {
    if (event.type === 'daybook.job.created') return event.data.planJob ?? null;
    return event.type.startsWith('daybook.plan-job.') ? { step: null, ...(event.data as { id: number }) } : null;
  }

  it('have them in order, each once, and nothing after their end', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const history = new History();
        for (const each of moves) tryTo(each, history);
        const last = new Map<number, number>();
        const ended = new Set<number>();
        for (const event of history.events) {
          const taken = stepOf(event);
          if (!taken) continue;
          expect(ended.has(taken.id)).toBe(false);
          if (event.type === 'daybook.plan-job.finished') ended.add(taken.id);
          if (taken.step === null) continue;
          expect(taken.step).toBe((last.get(taken.id) ?? 0) + 1);
          last.set(taken.id, taken.step);
        }
        for (const present of history.state.planJobs.values()) {
          expect(ended.has(present.id)).toBe(false);
          expect(present.lastStep).toBe(last.get(present.id) ?? 0);
        }
      }),
    );
  });
});
