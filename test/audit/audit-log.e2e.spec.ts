import type { Json, JsonObject } from '#domain';
import { accessOf, as, refusal } from '../api/access.js';
import type { Client } from '../api/client.js';
import { clientOf, inSeconds, until } from '../api/client.js';
import { cliOf } from '../cli/cli.js';
import { callerOf } from '../jobs-api/client.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { parseCsv } from './csv.js';

interface Entry {
  readonly event: number;
  readonly time: string;
  readonly type: string;
  readonly subject: string;
  readonly actor: string;
  readonly login: string | null;
  readonly correlation: string;
  readonly command: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly details: JsonObject | null;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly pagination: { readonly limit: number; readonly order: string; readonly next: string | null };
}

type Happened = { readonly event: number; readonly what: string } & JsonObject;

const ENVIRONMENT_JOBS = '/orchestrator/v1/scheduled_jobs/environment_jobs';
const FORMULA = '=HYPERLINK("http://x")';

let server: TestServer;
let client: Client;
let kate: { readonly id: string; readonly login: string; readonly token: string };
let tim: typeof kate;

/** A schedule of kate's that tim edits, that fires and is skipped, and that the administrator deletes. */
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  client = clientOf(server);
  const access = accessOf(server);
  kate = await access.userWith('orchestrator:view', 'tasks:run');
  tim = await access.userWith('*:*');
  const body: Json = {
    type: 'task',
    input: { name: 'echo', parameters: { message: { value: 'hello' } }, scope: { nodes: ['localhost'] } },
    environment: 'production',
    schedule: { start_time: inSeconds(2), interval: { units: 'seconds', value: 1 } },
    description: 'first',
    userdata: {},
  };
  const headers = { 'x-request-id': FORMULA };
  await as(server, kate.token).call('POST', ENVIRONMENT_JOBS, { body, headers });
  const change = { description: 'second', userdata: { ticket: 'T-1' } };
  await as(server, tim.token).call('PUT', `${ENVIRONMENT_JOBS}/1`, { body: change });
  // The run waits for its agent, so that the occurrence after it finds it going.
  await until(
    () => client.get('scheduled_jobs/1/history'),
    ({ json }) => (json as Page<Happened>).items.some(({ what }) => what === 'skipped'),
  );
  await client.delete('scheduled_jobs/1');
  const jobs = callerOf(server);
  const app = { app: 'orders' };
  await jobs.call('POST', '/v1.0/jobs/backup', { ...app, body: { schedule: '@every 1h', data: 'x' } });
  await jobs.call('POST', '/v1.0/jobs/backup/pause', app);
  await jobs.close();
});
afterAll(() => server?.stop());

const ask = async (query: string) => (await client.call('GET', `/audit?${query}`)).json as Page<Entry>;
const told = async (query: string) => (await ask(query)).items.map(({ type }) => type.replace('daybook.', ''));
const whole = async (accept: string, query = 'order=asc') =>
  client.call('GET', `/audit?${query}`, { headers: { accept } });
const linesOf = (text: string) => text.split('\n').slice(0, -1);
const lines = async (query?: string) =>
  linesOf((await whole('application/x-ndjson', query)).text).map((line) => JSON.parse(line) as Entry);

describe('GET /audit', () => {
  it('tells of a schedule who did what, with what stood there before', async () => {
    const { items } = await ask('subject=scheduled-job/1&order=asc');
    const [created, edited] = items;
    expect(created).toMatchObject({
      type: 'daybook.scheduled-job.scheduled',
      actor: `subject/${kate.id}`,
      login: kate.login,
      correlation: FORMULA,
      before: null,
      after: { description: 'first', owner: kate.id, intervalS: 1, spec: { task: 'echo' } },
      details: null,
    });
    expect(edited).toMatchObject({
      login: tim.login,
      before: { description: 'first', userdata: {} },
      after: { description: 'second', userdata: { ticket: 'T-1' } },
    });
    const deleted = items.at(-1)!;
    expect(deleted).toMatchObject({ login: 'admin', before: { ...edited!.after, owner: kate.id }, after: null });
    expect(items.find(({ type }) => type.endsWith('.fired'))).toMatchObject({
      actor: 'daybook',
      login: null,
      before: null,
      after: null,
      details: { job: 1 },
    });
  });

  it('finds by each filter', async () => {
    const { event, time, command } = (await ask('subject=scheduled-job/1&type=*.edited')).items[0]!;
    const changes = 'type=daybook.scheduled-job.scheduled,*.edited&type=*job.deleted';
    expect(await told(`actor=${kate.login}`)).toEqual(['scheduled-job.scheduled']);
    expect(await told(`actor=${tim.id}`)).toEqual(['scheduled-job.edited']);
    expect(await told('actor=app/orders')).toEqual(['app-job.paused', 'app-job.scheduled']);
    expect(await told(`actor=nobody`)).toEqual([]);
    expect(await told(`${changes}&actor=admin`)).toEqual(['scheduled-job.deleted']);
    expect(await told(`correlation=${encodeURIComponent(FORMULA)}`)).toEqual(['scheduled-job.scheduled']);
    expect(await told(`command=${command}`)).toEqual(['scheduled-job.edited']);
    expect(await told(`from=${event}&to=${event}`)).toEqual(['scheduled-job.edited']);
    expect(await told(`from=${time}&to=${time}&type=*.edited`)).toEqual(['scheduled-job.edited']);
    expect(await told(`to=${event}&${changes}&order=asc`)).toEqual(['scheduled-job.scheduled', 'scheduled-job.edited']);
    expect(await told(`subject=subject/${kate.id}&order=asc`)).toEqual(['subject.registered', 'subject.password-set']);
  });

  it('comes in pages whose links lead through all of it, without the token', async () => {
    const all = (await ask('limit=1000')).items;
    const { items, pagination } = await ask(`limit=7&token=${server.token}`);
    expect(pagination).toMatchObject({ limit: 7, order: 'desc' });
    expect(pagination.next).toBe(`${server.url}/audit?limit=7&after=${items.at(-1)!.event}`);
    const found = [...items];
    for (let { next } = pagination; next !== null;) {
      const page = (await client.call('GET', next.slice(server.url.length))).json as Page<Entry>;
      found.push(...page.items);
      ({ next } = page.pagination);
    }
    expect(found).toEqual(all);
    expect(all.length).toBeGreaterThan(10);
  });

  it('is lines of JSON and CSV as a whole too, and no text is a formula there', async () => {
    const entries = await lines();
    expect(entries).toEqual((await ask('order=asc&limit=1000')).items);
    expect(await lines('limit=2&order=asc')).toEqual(entries.slice(0, 2));
    const { headers, text } = await whole('text/csv');
    expect(headers['content-type']).toBe('text/csv; header=present; charset=utf-8');
    const [columns, ...rows] = parseCsv(text);
    const texts = entries.map((entry) =>
      columns!.map((column) => {
        const value = entry[column as keyof Entry];
        if (value === null) return '';
        return value === FORMULA ? `'${FORMULA}` : typeof value === 'object' ? JSON.stringify(value) : String(value);
      }),
    );
    expect(rows).toEqual(texts);
    expect(columns).toEqual(Object.keys(entries[0]!));
  });

  it('shows no password, no token and nothing that is sealed', async () => {
    const { text } = await whole('application/x-ndjson');
    for (const secret of ['$scrypt$', 'digest', 'tokenDigest', '"password":']) expect(text).not.toContain(secret);
    expect(text).toContain('daybook.token.issued');
  });

  it('shows what was answered before it', async () => {
    for (let id = 0; id < 5; id++) {
      const { headers } = await client.post('schedule_task', {
        task: 'echo',
        params: { message: 'x' },
        scope: { nodes: ['localhost'] },
        scheduled_time: inSeconds(3600),
      });
      expect(String((await ask('limit=1')).items[0]!.event)).toBe(headers['daybook-position']);
    }
  });

  it('is for administrators', async () => {
    expect(refusal(await as(server, kate.token).call('GET', '/audit'))).toEqual([
      403,
      'puppetlabs.orchestrator/not-permitted',
    ]);
    expect((await client.call('GET', '/audit', { token: null })).status).toBe(401);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['order=up', 'order'],
    ['from=yesterday', 'from'],
    ['type=daybook.job.started', 'type'],
    ['after=-1', 'after'],
    ['actor=', 'actor'],
  ])('refuses %s', async (query, parameter) => {
    const { status, json } = await client.call('GET', `/audit?${query}`);
    expect({ status, json }).toMatchObject({ status: 400, json: { details: { parameter } } });
  });
});

describe('GET scheduled_jobs/:id/history', () => {
  const history = async (query = '') => {
    const answer = await as(server, kate.token).get(`scheduled_jobs/1/history?${query}`);
    return answer.json as Page<Happened>;
  };

  it('has each version with its difference, and each occurrence with what became of it', async () => {
    const { items } = await history('order=asc');
    const [created, edited, fired, skipped] = items;
    expect(created).toMatchObject({ what: 'created', login: kate.login, version: 1, after: { description: 'first' } });
    expect(edited).toMatchObject({
      what: 'edited',
      login: tim.login,
      version: 2,
      changes: [
        { path: '/description', before: 'first', after: 'second' },
        { path: '/userdata/ticket', after: 'T-1' },
      ],
    });
    expect(fired).toMatchObject({
      what: 'fired',
      actor: 'daybook',
      job: { id: `${server.url}/orchestrator/v1/jobs/1`, name: '1' },
      lateness_ms: Date.parse(fired!['time'] as string) - Date.parse(fired!['occurrence'] as string),
    });
    expect(skipped).toMatchObject({ what: 'skipped', reason: 'overlap', count: 1, first: fired!['next_run'] });
    expect(items.at(-1)).toMatchObject({ what: 'deleted', login: 'admin', before: { description: 'second' } });
  });

  it('comes in pages, the newest first, with the same versions', async () => {
    const { items } = await history('order=asc');
    const found: Happened[] = [];
    for (let query = 'limit=2'; ;) {
      const page = await history(query);
      found.push(...page.items);
      if (page.pagination.next === null) break;
      query = page.pagination.next.split('?')[1]!;
    }
    expect(found).toEqual(items.toReversed());
  });

  it('is not there for what never was', async () => {
    expect(refusal(await client.get('scheduled_jobs/999/history'))).toEqual([
      404,
      'puppetlabs.orchestrator/unknown-job',
    ]);
    expect((await client.get('scheduled_jobs/x/history')).status).toBe(400);
    expect((await client.get('scheduled_jobs/1/history?limit=1001')).status).toBe(400);
  });
});

describe('daybook audit log', () => {
  it('lists entries as a table, and as lines of JSON', async () => {
    const daybook = cliOf(server);
    const table = await daybook('audit log --subject scheduled-job/1 --type *.scheduled,*.edited --order asc');
    expect(table).toMatchObject({ status: 0, stderr: '' });
    expect(table.stdout.split('\n').map((line) => line.split(/ {2,}/).slice(2))).toEqual([
      ['who', 'what', 'subject', 'changed'],
      [kate.login, 'scheduled-job.scheduled', 'scheduled-job/1', '-'],
      [tim.login, 'scheduled-job.edited', 'scheduled-job/1', 'description,userdata'],
      [],
    ]);
    const { stdout } = await daybook('audit log --limit 3 --json');
    expect(linesOf(stdout).map((line) => JSON.parse(line) as Entry)).toEqual((await ask('limit=3')).items);
    expect(await daybook('audit log --limit x')).toMatchObject({ status: 2 });
    const wrong = await daybook('audit log --from yesterday');
    expect([wrong.status, wrong.stderr]).toEqual([
      1,
      expect.stringContaining("from is 'yesterday', expected the number"),
    ]);
  });
});
