import type { RecordedEvent } from '#domain';
import { until } from '../../libs/platform/testing/until.js';
import { accessOf, as, refusal } from '../api/access.js';
import type { Client } from '../api/client.js';
import { clientOf, echo, echoLater, ended, kindOf } from '../api/client.js';
import type { TestModules } from '../setup/modules.js';
import { writeModules } from '../setup/modules.js';
import type { Ledger } from '../harm/ledger.js';
import { openLedger } from '../harm/ledger.js';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import type { SubscribeOptions, Subscription } from './subscriber.js';
import { idsOf, range, subscribe } from './subscriber.js';

let server: TestServer;
let environments: TestModules;
let ledger: Ledger;
let client: Client;
let access: ReturnType<typeof accessOf>;
beforeAll(async () => {
  environments = writeModules({}, { 'staging/modules/greet/tasks/init.sh': 'echo hello' });
  server = await startServer({ env: { DAYBOOK_ENVIRONMENTPATH: environments.path } });
  client = clientOf(server);
  access = accessOf(server);
  ledger = await openLedger(server.dataDir);
  // The only event that comes without being asked for.
  await until(async () => (await ledger.events()).some(({ type }) => type === 'daybook.node.facts-reported'));
});
afterAll(async () => {
  await ledger?.close();
  await server?.stop();
  environments?.remove();
});

const open: Subscription[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((subscription) => subscription.close()));
});

async function follow(path: string, options?: SubscribeOptions): Promise<Subscription> {
  const subscription = await subscribe(server, path, options);
  open.push(subscription);
  return subscription;
}

const nameOf = ({ json }: { json: unknown }) => (json as { job: { name: string } }).job.name;

/** Runs a task to its end. @returns number of its job */
async function runTask(over = {}, by: Client = client): Promise<string> {
  const answer = await by.post('task', echo(over));
  expect([answer.status, answer.text]).toEqual([202, answer.text]);
  await ended(client, nameOf(answer));
  return nameOf(answer);
}

async function last(): Promise<number> {
  return (await ledger.events()).length;
}

/** The events that a subscription has once it has come to the end of the log. */
async function upTo(subscription: Subscription, wanted: readonly RecordedEvent[]): Promise<void> {
  await until(() => subscription.events.length >= wanted.length);
  expect(subscription.events).toEqual(wanted);
}

describe('GET /events', () => {
  it('gives an administrator every event of the log from the first on, as it stands there', async () => {
    await runTask();
    const all = await ledger.events();
    expect(idsOf(all)).toEqual(range(1, all.length));
    await upTo(await follow('/events?after=0'), all);
    await upTo(await follow('/events', { lastEventId: '0' }), all);
    expect(all.map(({ type }) => type)).toContain('daybook.writer.opened');
  });

  it('begins with the next new event where nobody says where, and goes on as they come', async () => {
    const before = await last();
    const subscription = await follow('/events');
    await runTask();
    await upTo(subscription, (await ledger.events()).slice(before));
  });

  it('says after which event it begins, before there is one', async () => {
    await runTask();
    const over = new AbortController();
    const { headers } = await fetch(new URL('/events', server.url), {
      headers: { 'x-authentication': server.token },
      signal: over.signal,
    });
    over.abort();
    expect(headers.get('daybook-position')).toBe(String(await last()));
  });

  it('goes on after the last event id, also where the address says another', async () => {
    await runTask();
    const all = await ledger.events();
    await upTo(await follow('/events?after=0', { lastEventId: String(all.length - 2) }), all.slice(-2));
    await upTo(await follow(`/events?after=${all.length - 1}`), all.slice(-1));
  });

  it('shows that it stands by comments', async () => {
    const subscription = await follow('/events');
    await until(() => subscription.signsOfLife >= 2);
    expect(subscription.endReason).toBeNull();
  });

  it('refuses a place and a type that cannot be', async () => {
    const asked = [
      client.call('GET', '/events', { headers: { 'last-event-id': 'x' } }),
      client.call('GET', '/events?after=-1'),
      client.call('GET', '/events?type=daybook.nothing.*'),
      client.call('GET', '/events?after=1&after=2'),
    ];
    for (const answer of await Promise.all(asked)) {
      expect([answer.status, kindOf(answer)]).toEqual([400, 'puppetlabs.orchestrator/validation-error']);
    }
  });

  it('answers HEAD with the headers alone', async () => {
    const answer = await client.call('HEAD', '/events');
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([200, '', 'text/event-stream']);
  });
});

describe('a filter', () => {
  /** What passes by it in the whole log, once as a stream and once as a page. */
  async function passes(query: string): Promise<readonly RecordedEvent[]> {
    const accept = 'application/cloudevents-batch+json';
    const { json } = await client.call('GET', `/events?after=0&limit=1000&${query}`, { headers: { accept } });
    const events = json as RecordedEvent[];
    await upTo(await follow(`/events?after=0&${query}`), events);
    return events;
  }

  it('lets the events of types pass, in which * stands for anything', async () => {
    await runTask();
    const all = await ledger.events();
    const nodes = all.filter(({ type }) => type.startsWith('daybook.job.node-'));
    expect(nodes.length).toBeGreaterThan(1);
    expect(await passes('type=daybook.job.node-*')).toEqual(nodes);
    const two = all.filter(({ type }) => type === 'daybook.job.created' || type === 'daybook.writer.opened');
    expect(await passes('type=daybook.job.created,*.opened')).toEqual(two);
    expect(await passes('type=daybook.job.created&type=*.opened')).toEqual(two);
  });

  it('lets the events of a subject pass', async () => {
    const job = await runTask();
    const own = (await ledger.events()).filter(({ subject }) => subject === `job/${job}`);
    expect(own.length).toBeGreaterThan(3);
    expect(await passes(`subject=job/${job}`)).toEqual(own);
    expect(await passes(`subject=job/${job}&type=*.finished`)).toEqual(own.slice(-1));
  });

  it('lets all events of the jobs of an owner pass, also those that do not name him', async () => {
    const user = await access.userWith('orchestrator:view', 'tasks:run');
    const jobs = [await runTask({}, as(server, user.token)), await runTask({}, as(server, user.token))];
    await runTask();
    const own = (await ledger.events()).filter(({ subject }) => jobs.some((job) => subject === `job/${job}`));
    expect(await passes(`owner=${user.id}`)).toEqual(own);
    // Nothing after this place says whose they are.
    const after = own.filter(({ type }) => type === 'daybook.job.created').at(-1)!.id;
    await upTo(
      await follow(`/events?after=${after}&owner=${user.id}`),
      own.filter(({ id }) => Number(id) > Number(after)),
    );
  });

  it('lets all events of the jobs of an environment pass', async () => {
    const job = await runTask({ task: 'greet', environment: 'staging', params: {} });
    await runTask();
    const own = (await ledger.events()).filter(({ subject }) => subject === `job/${job}`);
    expect(await passes('environment=staging')).toEqual(own);
  });

  describe('by environment, of a schedule that moves', () => {
    const path = '/orchestrator/v1/scheduled_jobs/environment_jobs';
    const schedule = async () => {
      const input = { name: 'echo', parameters: { message: { value: 'x' } }, scope: { nodes: ['localhost'] } };
      const time = { start_time: '2100-01-01T00:00:00Z' };
      const body = { type: 'task', input, environment: 'production', schedule: time, description: '', userdata: {} };
      const { json } = await client.call('POST', path, { body });
      return (json as { scheduled_job: { name: string } }).scheduled_job.name;
    };
    const move = async (id: string, environment: string) => {
      const { status, text } = await client.call('PUT', `${path}/${id}`, { body: { environment } });
      expect([status, text]).toEqual([200, text]);
    };
    const eventsOf = async (id: string) =>
      (await ledger.events()).filter(({ subject }) => subject === `scheduled-job/${id}`);

    it('takes each event for what was so then, though nobody followed when it moved', async () => {
      const early = await follow('/events?environment=staging');
      const id = await schedule();
      await move(id, 'staging');
      await until(() => early.events.length > 0);
      await early.close();
      await move(id, 'production');
      const late = await follow('/events?environment=production');
      await client.delete(`scheduled_jobs/${id}`);
      const [scheduled, away, back, deleted] = await eventsOf(id);
      expect(early.events).toEqual([away]);
      await upTo(late, [deleted!]);
      expect(await passes(`environment=staging&subject=scheduled-job/${id}`)).toEqual([away]);
      expect(await passes(`environment=production&subject=scheduled-job/${id}`)).toEqual([scheduled, back, deleted]);
    });

    it('does so wherever a stream or a page begins', async () => {
      const id = await schedule();
      const to = ['staging', 'production', 'staging'];
      for (const environment of to) await move(id, environment);
      const [, first, second, third] = await eventsOf(id);
      const after = async (event: RecordedEvent, environment: string) => {
        const query = `environment=${environment}&subject=scheduled-job/${id}&after=${event.id}`;
        const headers = { accept: 'application/cloudevents-batch+json' };
        const { json } = await client.call('GET', `/events?${query}`, { headers });
        await upTo(await follow(`/events?${query}`), json as RecordedEvent[]);
        return json;
      };
      expect(await after(first!, 'production')).toEqual([second]);
      expect(await after(first!, 'staging')).toEqual([third]);
      expect(await after(second!, 'production')).toEqual([]);
    });
  });
});

describe('a stream from beyond the end of the log', () => {
  it.each(['/events', '/events?owner=x', '/orchestrator/v1/jobs/1/events/stream'])('is refused: %s', async (path) => {
    const end = await last();
    const ahead = await client.call('GET', path, { headers: { 'last-event-id': String(end + 1) } });
    expect([ahead.status, (ahead.json as { msg: string }).msg]).toEqual([
      400,
      `events after number ${end + 1} are asked for, expected a number from 0 to ${end}, the last of the log`,
    ]);
    expect((await follow(path, { lastEventId: String(end) })).isOver).toBe(false);
  });
});

describe('the stream of a job', () => {
  it('has its events and no others', async () => {
    const job = await runTask();
    await runTask();
    const own = (await ledger.events()).filter(({ subject }) => subject === `job/${job}`);
    await upTo(await follow(`/orchestrator/v1/jobs/${job}/events/stream?after=0`), own);
    const ends = await follow(`/orchestrator/v1/jobs/${job}/events/stream?after=0&type=*.finished`);
    await upTo(ends, own.slice(-1));
  });

  it('is there only for a job that is there', async () => {
    const answer = await client.get('jobs/999999/events/stream');
    expect(refusal(answer)).toEqual([404, 'puppetlabs.orchestrator/unknown-job']);
    expect((await client.get('plan_jobs/999999/events/stream')).status).toBe(404);
  });
});

describe('the stream of a plan job', () => {
  it('has its events and those of the jobs that it asked for', async () => {
    const { json } = await client.post('plan_start', { plan_name: 'site::deploy', params: {} });
    const plan = (json as { name: string }).name;
    const before = await last();
    const live = await follow(`/orchestrator/v1/plan_jobs/${plan}/events/stream`);
    await runTask();
    const asked = await client.post('plan_task', { plan_job: plan, ...echo() });
    expect(asked.status).toBe(202);
    const job = nameOf(asked);
    await ended(client, job);
    await client.post('plan_finish', { plan_job: plan, result: null, status: 'success' });
    const about = [`plan-job/${plan}`, `job/${job}`];
    const own = (await ledger.events()).filter(({ subject }) => about.includes(subject));
    expect(new Set(own.map(({ subject }) => subject)).size).toBe(2);
    await upTo(await follow(`/orchestrator/v1/plan_jobs/${plan}/events/stream?after=0`), own);
    await upTo(
      live,
      own.filter(({ id }) => Number(id) > before),
    );
  });
});

describe('who may see what', () => {
  it('is as elsewhere: jobs with the permission to view them, and nothing of users and tokens', async () => {
    const { token } = await access.userWith('orchestrator:view');
    await client.post('schedule_task', echoLater());
    const job = await runTask();
    const subscription = await follow('/events?after=0', { token });
    const seen = (type: string) => /^daybook\.(scheduled-job|job|plan-job|agent\.joined|node\.registered)/.test(type);
    await upTo(
      subscription,
      (await ledger.events()).filter(({ type }) => seen(type)),
    );
    expect((await follow(`/orchestrator/v1/jobs/${job}/events/stream?after=0`, { token })).isOver).toBe(false);
    const refused = await as(server, token).call('GET', '/events?type=daybook.token.*');
    expect(refusal(refused)).toEqual([403, 'puppetlabs.orchestrator/not-permitted']);
  });

  it('is nothing without a token or a permission', async () => {
    const { token } = await access.userWith();
    expect(refusal(await client.call('GET', '/events', { token }))).toEqual([
      403,
      'puppetlabs.orchestrator/not-permitted',
    ]);
    expect((await client.call('GET', '/events', { token: null })).status).toBe(401);
  });

  it('ends the stream when its token is revoked', async () => {
    const { token } = await access.userWith('orchestrator:view');
    const subscription = await follow('/events', { token });
    await access.rbac('DELETE', 'v2/tokens', { body: { revoke_tokens: [token] } });
    await until(() => subscription.isOver);
    expect(subscription.endReason).toBe('not-permitted');
  });

  it('changes with the roles of whoever reads', async () => {
    const user = await access.userWith('orchestrator:view');
    const subscription = await follow('/events', { token: user.token });
    await runTask();
    await until(() => subscription.events.some(({ type }) => type === 'daybook.job.finished'));
    const role = { ...user.role, user_ids: [user.id], permissions: [] };
    const changed = await access.rbac('PUT', `v1/roles/${user.roleId}`, { body: { ...role, id: user.roleId } });
    expect([changed.status, changed.text]).toEqual([200, changed.text]);
    await until(() => subscription.isOver);
    expect(subscription.endReason).toBe('not-permitted');
  });
});

describe('a server that stops', () => {
  it('says so to its subscribers', async () => {
    const other = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
    const subscription = await subscribe(other, '/events?after=0');
    await until(() => subscription.events.length > 0);
    await other.stop();
    await until(() => subscription.isOver);
    expect(subscription.endReason).toBe('stopping');
    await subscription.close();
  });
});
