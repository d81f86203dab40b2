import type { Json } from '#domain';
import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, inSeconds, kindOf } from './client.js';

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  client = clientOf(server);
});
afterAll(() => server?.stop());

const deploy = (over: Record<string, Json> = {}): Record<string, Json> => ({
  environment: 'production',
  scope: { nodes: ['web1'] },
  ...over,
});

describe('command/deploy', () => {
  it('makes a job with the flags that were given', async () => {
    const { status, json } = await client.post(
      'deploy',
      deploy({ no_noop: true, evaltrace: true, filetimeout: 7, userdata: { a: 1 } }),
    );
    expect([status, json]).toEqual([202, { job: { id: `${server.url}/orchestrator/v1/jobs/1`, name: '1' } }]);
    expect((await client.get('jobs/1')).json).toMatchObject({
      command: 'deploy',
      type: 'deploy',
      options: {
        noop: false,
        no_noop: true,
        debug: false,
        trace: false,
        evaltrace: true,
        filetimeout: 7,
        concurrency: null,
        enforce_environment: true,
        environment: 'production',
        scope: { nodes: ['web1'] },
        target: 'nodes',
        'scheduled-job-id': null,
      },
      environment: { name: 'production' },
      userdata: { a: 1 },
    });
    expect((await client.get('jobs/1/nodes')).json).toMatchObject({
      items: [{ name: 'web1', message: 'Puppet run has not started on web1' }],
    });
  });

  it('may leave each node in its own environment', async () => {
    const { json } = await client.post('deploy', deploy({ environment: '', enforce_environment: false }));
    const { name } = (json as { job: { name: string } }).job;
    expect((await client.get(`jobs/${name}`)).json).toMatchObject({
      options: { environment: '', enforce_environment: false },
    });
  });

  it('is counted and listed by its type', async () => {
    const { json } = await client.get('jobs?type=deploy');
    expect(json).toMatchObject({ pagination: { total: 2, type: 'deploy' } });
    expect((await client.get('jobs?type=task')).json).toMatchObject({ items: [], pagination: { total: 0 } });
  });

  it.each<[string, Record<string, Json>, number, string]>([
    ['no environment', { environment: null }, 400, 'validation-error'],
    ['an unknown environment', { environment: 'nosuch' }, 404, 'unknown-environment'],
    ['an environment that must be enforced but is none', { environment: '' }, 400, 'validation-error'],
    [
      'neither environment nor scope',
      { environment: '', enforce_environment: false, scope: null },
      400,
      'validation-error',
    ],
    ['both noop and no_noop', { noop: true, no_noop: true }, 400, 'validation-error'],
    ['a flag of another type', { debug: 'yes' }, 400, 'validation-error'],
    ['a negative timeout', { http_read_timeout: -1 }, 400, 'validation-error'],
    ['no node in the scope', { scope: { nodes: [] } }, 400, 'empty-target'],
    ['an environment as a whole without a node', { scope: null }, 400, 'empty-environment'],
    ['the same, by an empty target', { scope: null, target: '' }, 400, 'empty-environment'],
    ['an application', { scope: null, target: 'Shop' }, 404, 'unknown-target'],
    ['a query that cannot be read', { scope: { query: ['nonsense'] } }, 400, 'query-error'],
  ])('refuses %s', async (_, over, status, code) => {
    const answer = await client.post('deploy', deploy(over));
    expect([answer.status, kindOf(answer)]).toEqual([status, `puppetlabs.orchestrator/${code}`]);
  });
});

describe('command/schedule_deploy', () => {
  it('schedules, and answers as published and as schedule_task does', async () => {
    const body = deploy({ scheduled_time: inSeconds(3600), noop: true, concurrency: 2 });
    const { status, json } = await client.post('schedule_deploy', body);
    const link = { id: `${server.url}/orchestrator/v1/scheduled_jobs/1`, name: '1' };
    expect([status, json]).toEqual([202, { scheduled_job: link, job: link }]);
    expect((await client.get('scheduled_jobs')).json).toMatchObject({
      items: [
        {
          type: 'deploy',
          noop: true,
          job_options: {
            noop: true,
            no_noop: false,
            debug: false,
            trace: false,
            evaltrace: false,
            concurrency: 2,
            enforce_environment: true,
          },
        },
      ],
    });
  });

  it.each<[string, Record<string, Json>, string]>([
    ['without a scope', { scope: null }, 'validation-error'],
    ['without a time', { scheduled_time: null }, 'validation-error'],
    ['for a time that has passed', { scheduled_time: '2001-01-01T00:00:00Z' }, 'invalid-time'],
  ])('is refused %s', async (_, over, code) => {
    const answer = await client.post('schedule_deploy', deploy({ scheduled_time: inSeconds(3600), ...over }));
    expect([answer.status, kindOf(answer)]).toEqual([400, `puppetlabs.orchestrator/${code}`]);
  });
});
