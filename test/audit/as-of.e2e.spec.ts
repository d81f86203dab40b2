import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '#domain';
import { clientOf, echo, echoLater, ended, inSeconds, kindOf, until } from '../api/client.js';
import type { Answer, Client, RunningServer } from '../api/client.js';
import { startServer } from '../setup/server.js';

/** Every GET that can be asked about the past. */
const PATHS = [
  'scheduled_jobs',
  'scheduled_jobs?order_by=name&order=desc&limit=2&offset=1',
  'scheduled_jobs?type=deploy',
  'scheduled_jobs/environment_jobs?order_by=owner',
  'scheduled_jobs/environment_jobs/1',
  'scheduled_jobs/environment_jobs/2',
  'scheduled_jobs/1/history',
  'scheduled_jobs/2/history?order=asc&limit=2',
  'jobs',
  'jobs?order_by=state&order=asc&limit=1',
  'jobs?type=task&task=ech',
  'jobs/1',
  'jobs/1/nodes?order_by=duration',
  'jobs/1/report',
  'jobs/1/events?start=2',
  'plan_jobs?results=exclude',
  'plan_jobs/1',
  'plan_jobs/1/events',
];

interface Recorded {
  /** Number of the last event. */
  readonly number: number;
  readonly time: string;
  readonly answers: readonly unknown[];
}

const shown = ({ status, json }: Answer) => [status, json];

describe('GETs as of a moment of the past', () => {
  let server: RunningServer;
  let client: Client;
  const past: Recorded[] = [];

  const asOf = (path: string, moment: string | number) =>
    client.get(`${path}${path.includes('?') ? '&' : '?'}as_of=${moment}`);
  const head = async () => {
    const { json } = await asOf('jobs', 999_999_999_999_999);
    return Number(/ from 0 to (\d+)$/.exec((json as { msg: string }).msg)![1]);
  };
  const answersNow = async () => (await Promise.all(PATHS.map((path) => client.get(path)))).map(shown);
  const answersAsOf = async (moment: string | number) =>
    (await Promise.all(PATHS.map((path) => asOf(path, moment)))).map(shown);

  /** Does something, and remembers what all GETs answer then. */
  async function record(change: () => Promise<unknown>): Promise<void> {
    await change();
    const time = new Date().toISOString();
    past.push({ number: await head(), time, answers: await answersNow() });
  }

  const post = async (command: string, body: Json) => {
    const answer = await client.post(command, body);
    expect(answer.status).toBe(202);
    return answer;
  };

  beforeAll(async () => {
    server = await startServer();
    client = clientOf(server);
    await record(() => Promise.resolve());
    await record(async () => {
      await post('schedule_task', echoLater({ userdata: { ticket: 'T-1' } }));
      await post('schedule_task', echoLater({ scheduled_time: inSeconds(7200) }));
      await post('schedule_deploy', {
        environment: 'production',
        scope: { nodes: ['localhost'] },
        scheduled_time: inSeconds(60_000),
      });
    });
    await record(async () => {
      const edit = { description: 'another time', schedule: { start_time: inSeconds(9000) } };
      const path = '/orchestrator/v1/scheduled_jobs/environment_jobs/1';
      expect((await client.call('PUT', path, { body: edit })).status).toBe(200);
    });
    await record(async () => {
      await post('task', echo());
      await ended(client, '1');
    });
    await record(async () => {
      await post('plan_start', { plan_name: 'site::deploy', description: '', params: {} });
      await post('plan_task', echo({ environment: 'production', noop: null, plan_job: 1 }));
      await ended(client, '2');
      await post('plan_finish', { plan_job: 1, status: 'success', result: { rolled: 'out' } });
    });
    await record(async () => expect((await client.delete('scheduled_jobs/2')).status).toBe(204));
  });
  afterAll(() => server?.stop());

  it('answer what they answered then, by the number of the last event', async () => {
    const sizes = past.map(({ answers }) => JSON.stringify(answers));
    expect(new Set(sizes).size).toBe(past.length);
    for (const { number, answers } of past) expect(await answersAsOf(number)).toEqual(answers);
  });

  it('answer what they answered then, by the time', async () => {
    for (const { time, answers } of past.toReversed()) expect(await answersAsOf(time)).toEqual(answers);
  });

  it('answer as of now what they answer now', async () => {
    const now = await answersNow();
    expect(await answersAsOf(new Date().toISOString())).toEqual(now);
    expect(await answersAsOf(await head())).toEqual(now);
  });

  it('show an event of a plan job from when it was there', async () => {
    const { json } = await client.get('plan_jobs/1/events');
    const { id } = (json as { items: { id: string }[] }).items.at(-1)!;
    const path = `plan_jobs/1/event/${id}`;
    expect(shown(await asOf(path, id))).toEqual(shown(await client.get(path)));
    expect((await asOf(path, Number(id) - 1)).status).toBe(404);
  });

  it('say which event they are of', async () => {
    const { number, time } = past[2]!;
    for (const moment of [number, time]) {
      expect((await asOf('jobs', moment)).headers['daybook-as-of']).toBe(String(number));
    }
    expect((await client.get('jobs')).headers['daybook-as-of']).toBeUndefined();
  });

  it('show an empty world before the first event, and before the first time', async () => {
    for (const moment of [0, '2001-01-01T00:00:00Z']) {
      const lists = await Promise.all(['scheduled_jobs', 'jobs', 'plan_jobs'].map((path) => asOf(path, moment)));
      for (const { json } of lists) expect(json).toMatchObject({ items: [], pagination: { total: 0 } });
      const missing = await asOf('jobs/1', moment);
      expect([missing.status, kindOf(missing)]).toEqual([404, 'puppetlabs.orchestrator/unknown-job']);
      expect(missing.headers['daybook-as-of']).toBe('0');
    }
  });

  it('count what was running then to that moment, not to now', async () => {
    await post('plan_start', { plan_name: 'site::long', description: '', params: {} });
    const number = await head();
    const running = async (moment: string | number) => {
      const { json } = await asOf('plan_jobs/2', moment);
      return json as { state: string; duration: number };
    };
    expect(await running(number)).toMatchObject({ state: 'running', duration: 0 });
    const [first, second] = [Date.now(), Date.now() + 5];
    await until(
      () => client.get('plan_jobs/2'),
      () => Date.now() > second,
    );
    const [one, other] = [await running(new Date(first).toISOString()), await running(new Date(second).toISOString())];
    expect(other.duration - one.duration).toBeCloseTo(0.005, 6);
  });

  it.each([
    ['yesterday', /^as_of is 'yesterday', expected an event number, or an ISO 8601 time/],
    ['-1', /^as_of is '-1', expected an event number/],
    ['', /^as_of is '', expected an event number/],
    ['9999', /^as_of is '9999', expected an event number from 0 to \d{2,3}$/],
    ['2999-01-01T00:00:00Z', /^as_of is '2999-01-01T00:00:00Z', expected a time up to now, 20\d\d-\d\d-\d\dT/],
    ['1&as_of=2', /^as_of is given more than once, as '1' and '2'/],
  ])('refuse as_of=%s', async (moment, msg) => {
    const answer = await asOf('scheduled_jobs', moment);
    expect([answer.status, kindOf(answer)]).toEqual([400, 'puppetlabs.orchestrator/validation-error']);
    expect((answer.json as { msg: string }).msg).toMatch(msg);
  });

  it('refuse a bad Daybook-After as the others do', async () => {
    const answer = await client.get('jobs?as_of=1', { headers: { 'daybook-after': 'soon' } });
    expect([answer.status, kindOf(answer)]).toEqual([400, 'puppetlabs.orchestrator/validation-error']);
    expect((answer.json as { msg: string }).msg).toBe("Daybook-After is 'soon', expected an event number");
  });

  it('need the same token, and others do not know the parameter', async () => {
    expect((await client.get('jobs?as_of=0', { token: null })).status).toBe(401);
    const tasks = await asOf('tasks', 'yesterday');
    expect([tasks.status, tasks.headers['daybook-as-of']]).toEqual([200, undefined]);
  });

  it('leave nothing behind for those who do not wait, and few files for the others', async () => {
    const number = await head();
    await Promise.all(
      Array.from({ length: number }, (_, index) =>
        client.get(`jobs?as_of=${index + 1}`, { timeoutMs: 5 }).catch(() => undefined),
      ),
    );
    expect((await asOf('jobs', 3)).status).toBe(200);
    const files = () => readdirSync(join(server.dataDir, 'as-of'));
    await until(
      () => asOf('jobs', 3),
      () => files().length <= 6,
    );
    expect(server.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});
