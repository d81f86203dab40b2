import type { Json } from '#domain';
import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, echo, echoLater, ended, inSeconds, kindOf } from './client.js';

/** Everything that a client of any generation asks, and what it finds in the answer. */
const ROWS: readonly Row[] = [
  { ask: 'GET /orchestrator', status: 200, keys: ['info', 'status', 'collections', 'commands'] },
  { ask: 'GET /orchestrator/v1', status: 200, keys: ['info', 'status', 'collections', 'commands'] },
  { ask: 'GET /orchestrator/v1/environments', status: 200, keys: ['items'] },
  { ask: 'GET /orchestrator/v1/environments/production', status: 200, keys: ['id', 'name', 'settings'] },
  { ask: 'GET /orchestrator/v1/environments/nosuch', status: 404, kind: 'unknown-environment' },
  { ask: 'POST /orchestrator/v1/command/deploy', body: deploy(), status: 202, keys: ['job'] },
  {
    ask: 'POST /orchestrator/v1/command/deploy',
    body: deploy({ scope: { nodes: [] } }),
    status: 400,
    kind: 'empty-target',
  },
  { ask: 'POST /orchestrator/v1/command/stop', body: { job: '1' }, status: 202, keys: ['job'] },
  { ask: 'POST /orchestrator/v1/command/stop', body: { job: '999' }, status: 404, kind: 'unknown-job' },
  { ask: 'POST /orchestrator/v1/command/stop', body: { job: 'x' }, status: 400, kind: 'validation-error' },
  { ask: 'POST /orchestrator/v1/command/task', body: echo({ noop: null }), status: 202, keys: ['job'] },
  { ask: 'POST /orchestrator/v1/command/task', body: echo({ task: 'nosuch' }), status: 404, kind: 'unknown-task' },
  {
    ask: 'POST /orchestrator/v1/command/task',
    body: echo({ environment: 'nosuch' }),
    status: 404,
    kind: 'unknown-environment',
  },
  {
    ask: 'POST /orchestrator/v1/command/task',
    body: echo({ scope: { query: 'nodes {' } }),
    status: 400,
    kind: 'query-error',
  },
  { ask: 'POST /orchestrator/v1/command/task_target', body: target(), status: 200, keys: ['task_target'] },
  {
    ask: 'POST /orchestrator/v1/command/task_target',
    body: target({ tasks: null }),
    status: 400,
    kind: 'validation-error',
  },
  { ask: 'POST /orchestrator/v1/command/schedule_task', body: echoLater(), status: 202, keys: ['scheduled_job'] },
  {
    ask: 'POST /orchestrator/v1/command/schedule_task',
    body: echo({ scheduled_time: inSeconds(-60) }),
    status: 400,
    kind: 'invalid-time',
  },
  {
    ask: 'POST /orchestrator/v1/command/schedule_deploy',
    body: deploy({ scheduled_time: inSeconds(3600) }),
    status: 202,
    keys: ['scheduled_job', 'job'],
  },
  { ask: 'GET /orchestrator/v1/scheduled_jobs', status: 200, keys: ['items', 'pagination'] },
  { ask: 'GET /orchestrator/v1/scheduled_jobs?limit=x', status: 400, kind: 'validation-error' },
  { ask: 'GET /orchestrator/v1/scheduled_jobs/1/history', status: 200, keys: ['items', 'pagination'] },
  { ask: 'GET /orchestrator/v1/scheduled_jobs/999/history', status: 404, kind: 'unknown-job' },
  { ask: 'DELETE /orchestrator/v1/scheduled_jobs/1', status: 204 },
  { ask: 'DELETE /orchestrator/v1/scheduled_jobs/1', status: 404, kind: 'unknown-job' },
  {
    ask: 'POST /orchestrator/v1/scheduled_jobs/environment_jobs',
    body: environmentJob(),
    status: 200,
    keys: ['scheduled_job'],
  },
  { ask: 'GET /orchestrator/v1/scheduled_jobs/environment_jobs', status: 200, keys: ['items', 'pagination'] },
  {
    ask: 'GET /orchestrator/v1/scheduled_jobs/environment_jobs/3',
    status: 200,
    keys: [
      'id',
      'name',
      'enabled',
      'environment',
      'owner',
      'description',
      'type',
      'input',
      'userdata',
      'schedule',
      'next_run',
      'last_run',
    ],
  },
  { ask: 'GET /orchestrator/v1/scheduled_jobs/environment_jobs/x', status: 400, kind: 'query-error' },
  {
    ask: 'PUT /orchestrator/v1/scheduled_jobs/environment_jobs/3',
    body: { enabled: false },
    status: 200,
    keys: ['scheduled_job'],
  },
  {
    ask: 'PUT /orchestrator/v1/scheduled_jobs/environment_jobs/3',
    body: { description: 'x' },
    status: 400,
    kind: 'disabled-scheduled-job',
  },
  { ask: 'GET /orchestrator/v1/jobs', status: 200, keys: ['items', 'pagination'] },
  {
    ask: 'GET /orchestrator/v1/jobs/1',
    status: 200,
    keys: [
      'id',
      'name',
      'state',
      'command',
      'type',
      'options',
      'owner',
      'description',
      'timestamp',
      'started_timestamp',
      'finished_timestamp',
      'duration',
      'environment',
      'node_count',
      'node_states',
      'nodes',
      'report',
      'events',
      'userdata',
      'status',
    ],
  },
  { ask: 'GET /orchestrator/v1/jobs/999', status: 404, kind: 'unknown-job' },
  { ask: 'GET /orchestrator/v1/jobs/x', status: 400, kind: 'validation-error' },
  { ask: 'GET /orchestrator/v1/jobs/1/nodes', status: 200, keys: ['items', 'next-events'] },
  { ask: 'GET /orchestrator/v1/jobs/1/report', status: 200, keys: ['items'] },
  { ask: 'GET /orchestrator/v1/jobs/1/events', status: 200, keys: ['items', 'next-events'] },
  { ask: 'POST /orchestrator/v1/command/plan_start', body: planStart(), status: 202, keys: ['name'] },
  {
    ask: 'POST /orchestrator/v1/command/plan_task',
    body: echo({ noop: null, plan_job: '1' }),
    status: 202,
    keys: ['job'],
  },
  {
    ask: 'POST /orchestrator/v1/command/plan_task',
    body: echo({ plan_job: '999' }),
    status: 404,
    kind: 'unknown-job',
  },
  {
    ask: 'POST /orchestrator/v1/command/plan_finish',
    body: { plan_job: '1', result: '', status: 'success' },
    status: 202,
    keys: ['name'],
  },
  {
    ask: 'POST /orchestrator/v1/command/plan_task',
    body: echo({ plan_job: '1' }),
    status: 409,
    kind: 'plan-already-finished',
  },
  {
    ask: 'POST /orchestrator/v1/command/plan_run',
    body: { plan_name: 'facts::info', params: { targets: 'localhost' } },
    status: 202,
    keys: ['name'],
  },
  {
    ask: 'POST /orchestrator/v1/command/plan_run',
    body: { plan_name: 'facts::info', params: {} },
    status: 400,
    kind: 'validation-error',
  },
  {
    ask: 'POST /orchestrator/v1/command/plan_run',
    body: { plan_name: 'nosuch', params: {} },
    status: 404,
    kind: 'unknown-plan',
  },
  {
    ask: 'POST /orchestrator/v1/command/environment_plan_run',
    body: { plan_name: 'facts::info', params: { targets: { value: 'nodes[certname] { }', type: 'query' } } },
    status: 202,
    keys: ['name'],
  },
  {
    ask: 'POST /orchestrator/v1/command/environment_plan_run',
    body: { plan_name: 'facts::info', params: { targets: 'localhost' } },
    status: 400,
    kind: 'validation-error',
  },
  { ask: 'POST /orchestrator/v1/command/stop_plan', body: { plan_job: '2' }, status: 202, keys: ['name'] },
  { ask: 'POST /orchestrator/v1/command/stop_plan', body: { plan_job: '999' }, status: 404, kind: 'unknown-job' },
  { ask: 'POST /orchestrator/v1/command/stop_plan', body: { plan_job: 'x' }, status: 400, kind: 'validation-error' },
  {
    ask: 'POST /orchestrator/v1/command/schedule_plan',
    body: { plan: 'facts::info', params: { targets: 'localhost' }, scheduled_time: inSeconds(3600) },
    status: 202,
    keys: ['scheduled_job'],
  },
  {
    ask: 'POST /orchestrator/v1/command/schedule_plan',
    body: { plan_name: 'facts::info', params: { targets: 'localhost' }, scheduled_time: inSeconds(-60) },
    status: 400,
    kind: 'invalid-time',
  },
  { ask: 'GET /orchestrator/v1/plan_jobs', status: 200, keys: ['items', 'pagination'] },
  { ask: 'GET /orchestrator/v1/plan_jobs?limit=x', status: 400, kind: 'validation-error' },
  {
    ask: 'GET /orchestrator/v1/plan_jobs/1',
    status: 200,
    keys: [
      'id',
      'name',
      'state',
      'options',
      'result',
      'owner',
      'created_timestamp',
      'finished_timestamp',
      'timestamp',
      'duration',
      'status',
      'events',
      'userdata',
    ],
  },
  { ask: 'GET /orchestrator/v1/plan_jobs/999', status: 404, kind: 'unknown-job' },
  { ask: 'GET /orchestrator/v1/plan_jobs/x', status: 400, kind: 'validation-error' },
  { ask: 'GET /orchestrator/v1/plan_jobs/1/events', status: 200, keys: ['items', 'next-events'] },
  { ask: 'GET /orchestrator/v1/plan_jobs/1/event/1', status: 404, kind: 'mismatched-job-event-id' },
  { ask: 'GET /orchestrator/v1/plan_jobs/1/event/x', status: 400, kind: 'validation-error' },
  { ask: 'GET /orchestrator/v1/plans', status: 200, keys: ['environment', 'items'] },
  { ask: 'GET /orchestrator/v1/plans?environment=nosuch', status: 404, kind: 'unknown-environment' },
  {
    ask: 'GET /orchestrator/v1/plans/facts/info',
    status: 200,
    keys: ['id', 'name', 'environment', 'metadata', 'permitted'],
  },
  { ask: 'GET /orchestrator/v1/plans/nosuch/init', status: 404, kind: 'unknown-plan' },
  { ask: 'GET /orchestrator/v1/plans/Facts/init', status: 400, kind: 'validation-error' },
  { ask: 'GET /orchestrator/v1/inventory', status: 200, keys: ['items'] },
  { ask: 'GET /orchestrator/v1/inventory/localhost', status: 200, keys: ['name', 'connected', 'broker', 'timestamp'] },
  { ask: 'GET /orchestrator/v1/inventory/nosuch', status: 200, keys: ['name', 'connected'] },
  { ask: 'POST /orchestrator/v1/inventory', body: { nodes: ['localhost'] }, status: 200, keys: ['items'] },
  { ask: 'GET /orchestrator/v1/tasks', status: 200, keys: ['environment', 'items'] },
  {
    ask: 'GET /orchestrator/v1/tasks/echo/init',
    status: 200,
    keys: ['id', 'name', 'environment', 'metadata', 'files'],
  },
  { ask: 'GET /orchestrator/v1/tasks/nosuch/init', status: 404, kind: 'unknown-task' },
  { ask: 'GET /orchestrator/v1/scopes/task_targets', status: 200, keys: ['items'] },
  {
    ask: 'GET /orchestrator/v1/scopes/task_targets/1',
    status: 200,
    keys: ['id', 'name', 'display_name', 'tasks', 'all_tasks', 'nodes', 'node_groups'],
  },
  { ask: 'GET /orchestrator/v1/scopes/task_targets/999', status: 404, kind: 'unknown-task-target' },
  { ask: 'GET /orchestrator/v1/usage', status: 200, keys: ['items', 'pagination'] },
  { ask: 'GET /orchestrator/v1/usage?end_date=2022_04_30', status: 400, kind: 'validation-error' },
  { ask: 'GET /status/v1/services', status: 200, keys: ['orchestrator-service'] },
  { ask: 'GET /status/v1/services/orchestrator-service', status: 200, keys: ['orchestrator-service'] },
  { ask: 'GET /status/v1/simple', status: 200 },
  { ask: 'GET /status/v1/simple/orchestrator-service', status: 200 },
  { ask: 'GET /status/v1/simple/nosuch', status: 404 },
  {
    ask: 'GET /schemas/daybook.job.created/1',
    status: 200,
    keys: ['$schema', '$id', 'title', 'type', 'additionalProperties', 'properties', 'required', 'definitions'],
  },
  { ask: 'GET /schemas/daybook.job.created/0', status: 404 },
  { ask: 'GET /audit', status: 200, keys: ['items', 'pagination'] },
  { ask: 'GET /audit?from=yesterday', status: 400, kind: 'validation-error' },
  { ask: 'GET /projections', status: 200, keys: ['items'] },
  { ask: 'POST /projections/orchestrator/compare', status: 202, keys: ['projection', 'work', 'id'] },
  { ask: 'GET /log/export', status: 200 },
  { ask: 'GET /log/export?after=-1', status: 400, kind: 'validation-error' },
];

interface Row {
  /** Method and path. */
  readonly ask: string;
  readonly body?: Json;
  readonly status: number;
  /** All keys of the answer; absent: it is not JSON, or an error. */
  readonly keys?: readonly string[];
  /** Of the error, below `puppetlabs.orchestrator/`. */
  readonly kind?: string;
}

function deploy(over: Record<string, Json> = {}): Record<string, Json> {
  return { environment: 'production', scope: { nodes: ['nosuch.example.com'] }, ...over };
}

function target(over: Record<string, Json> = {}): Record<string, Json> {
  return {
    display_name: 'echo on web servers',
    tasks: ['echo'],
    nodes: ['web1.example.com'],
    node_groups: [],
    ...over,
  };
}

function planStart(): Record<string, Json> {
  return { plan_name: 'site::deploy', description: '', params: {}, sensitive: [] };
}

function environmentJob(): Record<string, Json> {
  const input = { name: 'echo', parameters: { message: { value: 'hello' } }, scope: { nodes: ['localhost'] } };
  const schedule = { start_time: inSeconds(3600), interval: null };
  return { type: 'task', input, environment: 'production', schedule, description: '', userdata: {} };
}

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
  await client.post('task', echo());
  await ended(client, '1');
});
afterAll(() => server?.stop());

describe('an endpoint of the documents', () => {
  // In their order: some speak of what others have made.
  it.each(ROWS.map((row) => [`${row.ask} ${JSON.stringify(row.body ?? null).slice(0, 60)}`, row.status, row] as const))(
    '%s answers %d',
    async (_what, status, { ask, body, keys, kind }) => {
      const [method, path] = ask.split(' ') as [string, string];
      const answer = await client.call(method, path, body === undefined ? {} : { body });
      expect([answer.status, kind === undefined ? null : kindOf(answer)]).toEqual([
        status,
        kind === undefined ? null : `puppetlabs.orchestrator/${kind}`,
      ]);
      if (keys) expect(Object.keys(answer.json as object).sort()).toEqual([...keys].sort());
    },
  );
});
