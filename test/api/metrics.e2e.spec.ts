import { firstTable, codeIn, read, section } from '../docs/markdown.js';
import { jobsClientOf } from '../callbacks/client.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { clientOf, echo, ended, inSeconds, until } from './client.js';
import type { Client } from './client.js';

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
}, 60_000);
afterAll(() => server?.stop());

const scrape = () => client.call('GET', '/metrics', { token: null });

/** The value of a metric with labels, as they are written. */
const valueOf = (text: string, metric: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${metric} `))
      ?.slice(metric.length + 1) ?? NaN,
  );

describe('GET /metrics', () => {
  it('counts what fired, ran and was called back, and measures commits, without a token on this machine', async () => {
    const scheduled = await client.post('schedule_task', echo({ scheduled_time: inSeconds(1) }));
    expect(scheduled.status).toBe(202);
    await until(
      () => client.get('jobs'),
      ({ json }) => (json as { items: unknown[] }).items.length === 1,
    );
    await ended(client, '1');
    const jobs = jobsClientOf(server);
    await jobs('POST', '/v1.0/jobs/j', { dueTime: '0s' });
    const { status, headers, text } = await until(
      scrape,
      (answer) => valueOf(answer.text, 'daybook_occurrences_total{of="app-job",outcome="fired",reason=""}') > 0,
    );
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(valueOf(text, 'daybook_occurrences_total{of="scheduled-job",outcome="fired",reason=""}')).toBe(1);
    expect(valueOf(text, 'daybook_lateness_seconds_count{of="scheduled-job"}')).toBe(1);
    expect(valueOf(text, 'daybook_node_runs_total{outcome="finished"}')).toBe(1);
    expect(valueOf(text, 'daybook_commit_seconds_count')).toBeGreaterThan(3);
    expect(valueOf(text, 'daybook_commit_events_sum')).toBeGreaterThan(8);
    expect(valueOf(text, 'daybook_queued{lane="commands"}')).toBe(0);
    expect(valueOf(text, 'daybook_projection_lag_events')).toBeGreaterThanOrEqual(0);
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });

  it('has exactly the metrics that the documents list, and those of the dashboard', async () => {
    const { text } = await scrape();
    const exposed = Array.from(text.matchAll(/^# TYPE (daybook_\w+) /gm), ([, name]) => name!);
    const documented = firstTable(section(read('docs/operations.md'), 'Metrics')).map(([name]) => codeIn(name!));
    expect(exposed.sort()).toEqual(documented.sort());
    const shown = Array.from(read('docs/grafana.json').matchAll(/\b(daybook|process)_[a-z_]+/g), ([name]) => name);
    const isExposed = (name: string) => text.includes(`# TYPE ${name.replace(/_(bucket|count|sum)$/, '')} `);
    expect(shown.filter((name) => !isExposed(name))).toEqual([]);
  });
});

describe('where others can reach the server', () => {
  it('/metrics wants a token', async () => {
    const open = await startServer({
      env: { DAYBOOK_HOST: '0.0.0.0', DAPR_API_TOKEN: 'a-token', DAYBOOK_LOCAL_AGENT: 'off' },
    });
    try {
      const { port } = new URL(open.url);
      const { call } = clientOf({ url: `http://127.0.0.1:${port}`, token: open.token });
      expect((await call('GET', '/metrics', { token: null })).status).toBe(401);
      expect((await call('GET', '/metrics')).status).toBe(200);
    } finally {
      await open.stop();
    }
  }, 60_000);
});
