import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonObject, RecordedEvent, State } from '#domain';
import { openJetStreamValues } from '#large-values';
import { createLogger, systemClock } from '#platform';
import { createSealer } from '#sealing';
import { bundledModules, openCatalogue } from '#tasks';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { planSpec } from '../domain/plan-job/testing/plans.js';
import { until } from '../platform/testing/until.js';
import { meta, startTestWriter } from '../writer/testing/writer.js';
import type { TestWriter } from '../writer/testing/writer.js';
import { openCode } from './code.js';
import { openPlanCatalogue } from './open-plan-catalogue.js';
import { PlanRunner } from './runner.js';

let broker: TestBroker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker?.stop());

const sealer = createSealer([new Uint8Array(32)]);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plans-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plan(name: string, text: string): void {
  const path = join(folder, 'modules/site/plans', `${name}.yaml`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

interface World {
  readonly test: TestWriter;
  readonly runner: PlanRunner;
  /** What was stored, in short. */
  readonly story: () => string[];
  /** Ids of commands that fail once, without a reason that is final. */
  readonly broken: Set<string>;
  /** Runs a plan; its id. */
  run(name: string, params?: JsonObject, over?: { readonly timeoutS?: number }): Promise<number>;
  /** Waits until a plan job has ended; how. */
  ended(id: number): Promise<{ readonly state: string; readonly result: unknown; readonly large: unknown }>;
  /** Waits for a job, by its number. */
  job(id: number): Promise<void>;
  /** Says how a job ended on a node. */
  report(job: number, node: string, result?: JsonObject, kind?: 'finished' | 'failed'): Promise<unknown>;
}

/** A writer with a plan runner behind it, as the threads of a server are. */
async function open(atOnce = 10): Promise<World> {
  const broken = new Set<string>();
  const connection = await broker.connect('plans');
  const largeValues = await openJetStreamValues(connection);
  const catalogue = openCatalogue({ modulePath: [join(folder, 'modules'), bundledModules], environmentPath: null });
  const opened = Promise.withResolvers<{ readonly state: State; readonly position: number }>();
  const early: RecordedEvent[] = [];
  let runner: PlanRunner | null = null;
  const test = await startTestWriter(broker, {
    onOpened(state, position) {
      state.subjects.set('a', { id: 'a', login: 'a', is_superuser: true } as never);
      opened.resolve({ state, position: position.number });
    },
    onCommitted(events) {
      if (runner) runner.apply(events);
      else early.push(...events);
      all.push(...events);
    },
  });
  const all: RecordedEvent[] = [];
  const started = new PlanRunner({
    log: test.log,
    streamId: test.log.streamId,
    plans: openPlanCatalogue(catalogue),
    programOf: openCode(largeValues),
    catalogue,
    sealer,
    largeValues,
    gateway: {
      execute: (command, about) =>
        broken.delete(about.commandId)
          ? Promise.reject(new Error('the connection is broken'))
          : test.writer.execute(command, about),
    },
    clock: systemClock,
    downloads: join(folder, 'downloads'),
    atOnce,
    logger: createLogger('test', 'silent'),
  });
  const { state, position } = await opened.promise;
  const beginning = started.begin({ since: [...state.planJobs.values()][0]?.createdBy ?? null, position });
  runner = started;
  await beginning;
  started.apply(early);
  const find = (holds: (event: RecordedEvent) => boolean) => all.find(holds);
  return {
    test,
    runner: started,
    broken,
    story: () => all.map(({ type }) => type.replace('daybook.', '')),
    async run(name, params = {}, over = {}) {
      const spec = { ...planSpec, plan: name, params: { value: params }, ...over };
      const said = { owner: 'a', description: '', userdata: {}, runsElsewhere: false };
      const { answer } = await test.writer.execute({ type: 'create-plan-job', spec, ...said }, meta());
      return (answer as { planJob: number }).planJob;
    },
    async ended(id) {
      const isEnd = (event: RecordedEvent) => event.type === 'daybook.plan-job.finished' && event.data.id === id;
      await until(() => find(isEnd) !== undefined);
      return find(isEnd)!.data as never;
    },
    job: (id) =>
      until(
        () =>
          find(({ type, data }) => type === 'daybook.job.created' && (data as { id: number }).id === id) !== undefined,
      ),
    report(job, node, result = { _output: 'done' }, kind = 'finished') {
      const at = new Date().toISOString();
      const run = { attempt: 1, startedAt: at, finishedAt: at, result, large: null };
      return test.writer.report({ type: 'report-run', job, node, kind, ...run }, meta(`${job}/${node}/${kind}`));
    },
  };
}

const close = async ({ test, runner }: World) => {
  runner.suspend();
  await test.stop();
};

describe('a plan', () => {
  it('does its steps one after the other, and each is an event', async () => {
    plan(
      'two',
      `
parameters:
  targets: { type: TargetSpec }
steps:
  - message: 'begin'
  - name: first
    task: echo
    targets: $targets
    parameters: { message: 'one' }
  - name: doubled
    eval: $first.length * 2
  - name: second
    command: 'hostname'
    targets: $targets
return: $second.first['stdout']
`,
    );
    const world = await open();
    const id = await world.run('site::two', { targets: ['a', 'b'] });
    await world.job(1);
    await world.report(1, 'a');
    await world.report(1, 'b');
    await world.job(2);
    await world.report(2, 'a', { stdout: 'a!', stderr: '', exit_code: 0 });
    await world.report(2, 'b', { stdout: 'b!', stderr: '', exit_code: 0 });
    expect(await world.ended(id)).toMatchObject({ state: 'success', result: 'a!' });
    expect(world.story().filter((type) => type.startsWith('plan-job') || type === 'job.created')).toEqual([
      'plan-job.created',
      'plan-job.started',
      'plan-job.message-sent',
      'job.created',
      'plan-job.evaluated',
      'job.created',
      'plan-job.finished',
    ]);
    await close(world);
  });

  it('goes on where it was after the death of the server, with the text that it began with', async () => {
    const text = (word: string) => `
parameters:
  targets: { type: TargetSpec }
steps:
  - message: 'begin'
  - name: first
    task: echo
    targets: $targets
    parameters: { message: 'one' }
  - name: second
    task: echo
    targets: $targets
    parameters: { message: "$\{first.first.message} ${word}" }
return: $second.first.message
`;
    plan('steady', text('old'));
    const world = await open();
    const id = await world.run('site::steady', { targets: 'a' });
    await world.job(1);
    // As if the process had been killed: the first job is on its way, and nobody waits for it.
    world.runner.suspend();
    await world.test.stop();
    plan('steady', text('new'));
    const again = await open();
    await again.report(1, 'a', { _output: 'one' });
    await again.job(2);
    await again.report(2, 'a', { _output: 'two' });
    expect(await again.ended(id)).toMatchObject({ state: 'success', result: 'two' });
    expect(again.story().filter((type) => type === 'job.created')).toHaveLength(1);
    await close(again);
  });

  it('knows what its steps have given when it has to be run again', async () => {
    plan(
      'again',
      `
steps:
  - name: first
    command: hostname
    targets: a
    catch_errors: true
  - message: 'the connection breaks here'
return: $first.ok
`,
    );
    const world = await open();
    world.broken.add('plan-job/1/2');
    const id = await world.run('site::again');
    await world.job(1);
    await world.report(1, 'a', { stdout: 'a', stderr: '', exit_code: 0 });
    expect(await world.ended(id)).toMatchObject({ state: 'success', result: true });
    expect(world.broken.size).toBe(0);
    await close(world);
  });

  it('waits for its turn, in the order in which plans were asked for', async () => {
    plan(
      'one',
      `
parameters: { targets: { type: TargetSpec } }
steps:
  - task: echo
    targets: $targets
    parameters: { message: 'x' }
`,
    );
    const world = await open(1);
    const ids = [await world.run('site::one', { targets: 'a' }), await world.run('site::one', { targets: 'b' })];
    await world.job(1);
    expect(world.story().filter((type) => type === 'plan-job.started')).toHaveLength(1);
    await world.report(1, 'a');
    await world.job(2);
    await world.report(2, 'b');
    expect(await Promise.all(ids.map((id) => world.ended(id)))).toMatchObject([
      { state: 'success' },
      { state: 'success' },
    ]);
    await close(world);
  });

  it('that takes longer than it may is ended, with what runs for it', async () => {
    plan(
      'slow',
      `
parameters: { targets: { type: TargetSpec } }
steps:
  - task: echo
    targets: $targets
    parameters: { message: 'x' }
`,
    );
    const world = await open();
    const id = await world.run('site::slow', { targets: 'a' }, { timeoutS: 1 });
    expect(await world.ended(id)).toMatchObject({
      state: 'failure',
      result: { kind: 'puppetlabs.orchestrator/plan-timeout' },
    });
    await until(() => world.story().includes('job.finished'));
    expect(world.story().slice(-3)).toEqual(['job.stopping', 'job.node-skipped', 'job.finished']);
    await close(world);
  });

  it.each([
    ['site::nosuch', {}, 'bolt/unknown-plan'],
    ['site::bad', {}, 'bolt/invalid-plan'],
    ['site::typed', { count: 'x' }, 'bolt/validation-error'],
    ['site::typed', { count: 1 }, 'bolt/unknown-task'],
  ])('%s with %j fails as %s, and nothing runs', async (name, params, kind) => {
    plan('bad', 'steps: []\nnosuch: 1\n');
    plan(
      'typed',
      `
parameters: { count: { type: Integer } }
steps:
  - task: site::nosuch
    targets: 'a'
`,
    );
    const world = await open();
    expect(await world.ended(await world.run(name, params))).toMatchObject({ state: 'failure', result: { kind } });
    expect(world.story()).not.toContain('job.created');
    await close(world);
  });

  it('keeps a large result beside the log', async () => {
    plan(
      'large',
      `
steps:
  - name: text
    eval: |
      range(1, 20000).map |$each| { "number $\{each}" }
return: $text
`,
    );
    const world = await open();
    const ended = await world.ended(await world.run('site::large'));
    expect(ended).toMatchObject({ state: 'success', result: null });
    expect(ended.large).toMatchObject({ size: expect.any(Number) as number });
    await close(world);
  });
});
