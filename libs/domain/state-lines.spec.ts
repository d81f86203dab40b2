import fc from 'fast-check';
import type { Scope } from './scope.js';
import { ADMINISTRATORS } from './access/access.js';
import { accessStep } from './access/testing/access-step.js';
import type { State } from './state.js';
import { encodeState, restoreState, STATE_VERSION } from './state-lines.js';
import { SKIPPED_AT_ONCE } from './job/stop.js';
import { ALL_NODES } from './node-group/node-groups.js';
import {
  CODE,
  createPlan,
  endPlan,
  message,
  planSpec,
  runOn,
  startPlan,
  subPlanStarted,
  takeStep,
} from './plan-job/testing/plans.js';
import { answer, appJobSpec, schedule } from './app-job/testing/app-jobs.js';
import { appJobStep } from './app-job/testing/app-job-step.js';
import { agentCommand, invite, join } from './testing/agents.js';
import { FACTS_AT, History, spec } from './testing/given.js';
import { subject } from './testing/subject.js';

function restored(lines: Iterable<string>): State {
  const restoring = restoreState();
  for (const line of lines) restoring.add(line);
  return restoring.finish();
}

/** One thing that happens to a history; what it answers is compared as well. */
type Step = (history: History) => unknown;

const small = fc.integer({ min: 1, max: 8 });
const node = fc.constantFrom('a', 'b', 'c');
const nodes = fc.uniqueArray(node, { minLength: 1 });
const scope: fc.Arbitrary<Scope> = fc.oneof(
  nodes.map((names) => ({ nodes: names })),
  fc.constantFrom(
    { query: 'nodes { certname ~ "a|b" }' },
    { query: 'nodes {' },
    { node_group: 'g' },
    { whole_environment: true as const },
  ),
);
const manyNodes = Array.from({ length: SKIPPED_AT_ONCE + 100 }, (_, index) => `n${index}`);
const anyJson = fc.jsonValue({ maxDepth: 2 });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 100_000 }), fc.option(fc.integer({ min: 1, max: 100 })), nodes)
    .map<Step>((args) => (history) => history.schedule(...args)),
  nodes.map<Step>((names) => (history) => history.run(names)),
  fc.constant<Step>((history) => history.run(manyNodes)),
  fc.constant<Step>((history) => [
    history.run(manyNodes),
    history.run(manyNodes),
    history.when({ type: 'stop-job', id: history.state.lastJob, force: false }),
    history.when({ type: 'stop-job', id: history.state.lastJob - 1, force: false }),
  ]),
  fc.tuple(fc.string(), fc.dictionary(fc.string(), anyJson)).map<Step>(
    ([description, value]) =>
      (history) =>
        history.when({
          type: 'create-job',
          spec: { ...spec, params: { value: value as Record<string, never> } },
          scope: { nodes: ['a'] },
          owner: 'a',
          description,
          userdata: value as Record<string, never>,
        }),
  ),
  fc.tuple(scope, fc.integer({ min: 0, max: 100_000 }), fc.option(fc.integer({ min: 1, max: 100 }))).map<Step>(
    ([asked, inMs, intervalS]) =>
      (history) =>
        history.scheduleScope(asked, history.nowMs + inMs, intervalS),
  ),
  fc.tuple(node, fc.constantFrom('1', '2')).map<Step>((args) => (history) => history.facts(...args)),
  fc
    .tuple(
      fc.constantFrom('g', 'h'),
      fc.constantFrom('g', 'h', ALL_NODES.id),
      fc.option(fc.constant(['=', 'name', 'a'])),
    )
    .map<Step>(
      ([id, parent, rule]) =>
        (history) =>
          history.when({ type: 'define-node-group', group: { id, name: id, description: '', parent, rule } }),
    ),
  fc.constantFrom('g', 'h').map<Step>((id) => (history) => history.when({ type: 'delete-node-group', id })),
  fc
    .tuple(
      small,
      fc.record({ scope, description: fc.string(), environment: fc.string() }, { requiredKeys: [] }),
      fc.boolean(),
    )
    .map<Step>(([id, changes, isMoved]) => (history) => {
      const timing = { scheduledTimeMs: history.nowMs + 1000, intervalS: 7 };
      return history.when({ type: 'edit-scheduled-job', id, changes: { ...changes, ...(isMoved && { timing }) } });
    }),
  small.map<Step>((id) => (history) => history.when({ type: 'delete-scheduled-job', id })),
  fc.tuple(small, fc.boolean()).map<Step>(
    ([id, force]) =>
      (history) =>
        history.when({ type: 'stop-job', id, force }),
  ),
  fc.tuple(small, node).map<Step>((args) => (history) => history.started(...args)),
  fc
    .tuple(small, node, fc.constantFrom('finished' as const, 'failed' as const))
    .map<Step>((args) => (history) => history.ended(...args)),
  fc.tuple(small, node).map<Step>((args) => (history) => history.errored(...args)),
  fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.constant(25 * 3_600_000)).map<Step>((ms) => (history) => {
    return history.after(ms);
  }),
  fc.tuple(fc.constantFrom('k', 'l', 'm'), fc.constantFrom('d', 'e')).map<Step>(
    ([commandId, bodyDigest]) =>
      (history) =>
        history.answer(
          { type: 'create-job', spec, scope: { nodes: ['a'] }, owner: 'a', description: '', userdata: {} },
          { commandId, bodyDigest },
        ),
  ),
  fc.tuple(fc.constantFrom('s', 't'), fc.constantFrom('x', 'y')).map<Step>(
    ([id, login]) =>
      (history) =>
        history.when({ type: 'register-subject', subject: subject(id, login) }),
  ),
  fc.boolean().map<Step>((elsewhere) => (history) => createPlan(history, {}, elsewhere)),
  small.map<Step>((id) => (history) => startPlan(history, id)),
  fc
    .tuple(small, small, fc.constantFrom(message, runOn('a', 'b'), subPlanStarted))
    .map<Step>((args) => (history) => takeStep(history, ...args)),
  fc.tuple(small, fc.boolean()).map<Step>((args) => (history) => endPlan(history, ...args)),
  small.map<Step>((id) => (history) => {
    const scheduledTimeMs = history.nowMs + 1000;
    const said = { spec: planSpec, scope: null, owner: 'a', description: '', userdata: {} };
    return history.when({ type: 'schedule-job', ...said, scheduledTimeMs, intervalS: id });
  }),
  appJobStep,
  accessStep.map<Step>((command) => (history) => history.answer(command)),
  agentCommand.map<Step>((command) => (history) => history.when(command)),
  fc.tuple(node, fc.constantFrom('S1', 'S2')).map<Step>(
    ([name, publicKey]) =>
      (history) =>
        history.when({ type: 'admit-subscriber', name, publicKey }),
  ),
  node.map<Step>((name) => (history) => history.when({ type: 'revoke-subscriber', name })),
  fc.constant<Step>((history) =>
    history.when({ type: 'open-writer', program: 'p', logFormat: 1, timeZoneData: 'z', keyCheck: 'k' }),
  ),
);

function outcomeOf(history: History, take: Step): unknown {
  try {
    return take(history);
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

describe('a state that was written as lines and restored', () => {
  it('decides as the one that folded the whole history, and becomes the same state', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.array(step, { maxLength: 40 }), (before, after) => {
        const [whole, resumed] = [new History(), new History()];
        for (const take of before) expect(outcomeOf(resumed, take)).toEqual(outcomeOf(whole, take));
        const lines = [...encodeState(whole.state)];
        resumed.state = restored(lines);
        expect([...encodeState(resumed.state)]).toEqual(lines);
        for (const take of after) expect(outcomeOf(resumed, take)).toEqual(outcomeOf(whole, take));
        expect(resumed.after(3_600_000)).toEqual(whole.after(3_600_000));
        expect([...encodeState(resumed.state)]).toEqual([...encodeState(whole.state)]);
      }),
      { numRuns: 200 },
    );
  });

  it('holds a break of the line in a text', () => {
    const history = new History();
    history.run(['a\nb\u2028c']);
    const lines = [...encodeState(history.state)];
    expect(lines.filter((line) => line.includes('\n'))).toEqual([]);
    expect(restored(lines).jobs.get(1)!.nodes.names).toEqual(['a\nb\u2028c']);
  });
});

describe('the lines of a state', () => {
  it('read as this version says; what changes here changes the version', () => {
    const history = new History();
    history.when({ type: 'open-writer', program: 'p', logFormat: 1, timeZoneData: 'z', keyCheck: 'k' });
    history.when({ type: 'register-subject', subject: subject('s', 'admin') });
    history.facts('a', '1');
    history.schedule(60_000, 60);
    history.run(manyNodes.slice(0, 1));
    history.started(1, 'n0');
    history.run(manyNodes);
    history.when({ type: 'stop-job', id: 2, force: true });
    const token = { digest: 'd', label: null, description: '', lifetimeS: null };
    history.when({ type: 'issue-token', subject: 's', token });
    createPlan(history);
    startPlan(history);
    takeStep(history, 1, 1, subPlanStarted);
    const lines = [...encodeState(history.state)].map((line) => JSON.parse(line) as [string, unknown]);
    const timeMs = history.nowMs;
    const counts = { new: 0, running: 0, finished: 0, failed: 0, errored: 0, skipped: 0 };
    const flags = { planJob: null, isStarted: false, isStopping: false, isForced: false };
    expect(STATE_VERSION).toBe(10);
    expect(lines.filter(([kind]) => kind !== 'job')).toEqual([
      [
        'totals',
        {
          position: history.events.length,
          timeMs,
          reign: 1,
          opened: {
            reign: 1,
            program: 'p',
            logFormat: 1,
            timeZoneData: 'z',
            keyCheck: 'k',
            clock: new Date(timeMs).toISOString(),
          },
          vouched: { number: 0, event: 0, timeMs },
          lastJob: 2,
          lastScheduledJob: 1,
          lastPlanJob: 1,
          lastAppJob: 0,
          lastRun: 0,
        },
      ],
      ['subject', subject('a', 'a')],
      ['subject', subject('s', 'admin')],
      ['role', ADMINISTRATORS],
      [
        'token',
        {
          id: 1,
          subject: 's',
          digest: 'd',
          label: null,
          description: '',
          expiresAt: null,
          byLogin: false,
          isRevoked: false,
        },
      ],
      ['access', { lastRole: 1, lastToken: 1 }],
      ['node', { node: 'a', environment: 'production', digest: '1', takenAt: FACTS_AT, facts: { os: '1' } }],
      ['node-group', ALL_NODES],
      ['content', spec],
      ['content', { nodes: ['a'] }],
      ['content', 'a'],
      ['content', ''],
      ['content', {}],
      ['schedule', 1, [0, 1, 2, 3, 4], 60_000, timeMs + 60_000, null],
      [
        'plan-job',
        {
          id: 1,
          spec: planSpec,
          targets: {},
          owner: 'a',
          runsElsewhere: false,
          createdBy: history.events.length - 2,
          startedMs: timeMs,
          code: CODE,
          subPlans: [timeMs],
          lastStep: 1,
        },
      ],
      ['unskipped', 2],
      ['recent', 'command-2', 2, timeMs, null, { kind: 'done' }],
      ['recent', 'command-4', 5, timeMs, null, { kind: 'scheduled', scheduledJob: 1 }],
      ['recent', 'command-5', 6, timeMs, null, { kind: 'created', job: 1 }],
      ['recent', 'command-7', 9, timeMs, null, { kind: 'created', job: 2 }],
      ['recent', 'command-8', 10, timeMs, null, { kind: 'stopping', job: 2, nodes: { new: manyNodes.length } }],
      ['recent', 'command-10', history.events.length - 2, timeMs, null, { kind: 'plan-created', planJob: 1 }],
    ]);
    expect(lines.filter(([kind]) => kind === 'job')).toEqual([
      [
        'job',
        {
          id: 1,
          spec,
          userdata: {},
          nodes: [['n0', { index: 0, state: 'running', startedAt: new Date(timeMs).toISOString() }]],
          counts: { ...counts, running: 1 },
          ...flags,
          isStarted: true,
        },
      ],
      [
        'job',
        {
          id: 2,
          spec,
          userdata: {},
          nodes: manyNodes.map((name, index) => [
            name,
            { index, state: index < SKIPPED_AT_ONCE ? 'skipped' : 'new', startedAt: null },
          ]),
          counts: { ...counts, new: 100, skipped: SKIPPED_AT_ONCE },
          ...flags,
          isStopping: true,
          isForced: true,
        },
      ],
    ]);
  });

  it('tell who the agents are, and who may become one', () => {
    const history = new History();
    for (const command of [invite('i'), join('web1', 'K1', 'i'), invite('j', 'web2', 60)]) history.when(command);
    const lines = [...encodeState(history.state)].map((line) => JSON.parse(line) as [string, unknown]);
    const { nowMs } = history;
    expect(lines.filter(([kind]) => ['invitation', 'agent', 'agent-key'].includes(kind))).toEqual([
      ['invitation', { id: 'j', tokenDigest: 'digest-j', node: 'web2', expiresMs: nowMs + 60_000 }],
      ['agent', { node: 'web1', publicKey: 'K1', sinceMs: nowMs, tokenDigest: 'digest-i' }],
      ['agent-key', 'K1', 'web1'],
    ]);
  });

  it('tell of apps, their jobs, the runs of these and dead letters', () => {
    const history = new History();
    const app = { id: 'a', addresses: ['http://127.0.0.1:6001'], token: null, natsKey: null, callsAtOnce: 8 };
    history.when({ type: 'define-app', app });
    schedule(history, { dueTime: '0s', failurePolicy: { drop: {} } }, { name: 'once', payload: '[1]' });
    history.after(0);
    answer(history, 'failed');
    schedule(history, { schedule: '@every 5s' });
    history.after(5000);
    answer(history, 'failed');
    schedule(history, { schedule: '@every 5s' }, { name: 'k', payload: '2' });
    const lines = [...encodeState(history.state)].map((line) => JSON.parse(line) as [string, unknown]);
    const { nowMs, events } = history;
    const { dueTime: _dueTime, ttl: _ttl, ...others } = appJobSpec;
    const rules = { ...others, hasDueTime: false };
    const data = { payload: '[1]', large: null };
    const letter = { run: 1, job: 1, app: 'a', name: 'once', failurePolicy: { drop: {} }, ...data };
    const numbers = [nowMs + 5000, null];
    expect(lines.filter(([kind]) => kind.startsWith('app') || kind === 'dead-letter')).toEqual([
      ['app', app],
      ['app-content', 'a'],
      ['app-content', { form: 'bare', rules: { ...rules, schedule: '@every 5s' } }],
      ['app-job', 'j', [0, 1, [null]], 2, events.length - 3, ...numbers, 1, false, 2],
      ['app-job', 'k', [0, 1, ['2']], 3, events.length, ...numbers, 0, false, 0],
      ['app-run', { run: 2, job: 2, occurrenceMs: nowMs, failed: 1, plannedMs: nowMs + 1000, previous: 0 }],
      [
        'dead-letter',
        { ...letter, occurrenceMs: nowMs - 5000, failed: 1, failedBefore: null, plannedMs: nowMs - 5000 },
      ],
    ]);
  });

  it('of another kind are refused', () => {
    expect(() => restoreState().add('["plan",{}]')).toThrow(
      "a line of a state is of kind 'plan', expected one of version 10",
    );
  });
});
