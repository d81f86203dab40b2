import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

interface Server {
  readonly url: string;
  readonly jobsUrl: string;
  readonly token: string;
}

/** How often each kind of request is made, a second. */
const RATES = { schedule: 5, replace: 1, run: 1, plan: 0.1, list: 20, asOf: 0.1, callBack: 0.5 } as const;

type Kind = keyof typeof RATES;

/** What users of a small site ask for, over and over. */
export interface Traffic {
  /** Requests that were answered, by kind. */
  readonly answered: Readonly<Record<Kind, number>>;
  /** Resolves once `signal` has aborted and all is answered. @throws Error at the first answer that was not expected */
  readonly done: Promise<void>;
}

const SCOPE = { scope: { nodes: ['localhost'] } };
const ECHO = { task: 'echo', params: { message: 'hello' }, ...SCOPE };
const LISTS = [
  'scheduled_jobs?limit=50',
  'scheduled_jobs?limit=50&order_by=name&order=desc',
  'jobs?limit=50',
  'jobs?limit=50&offset=100',
  'jobs/1',
  'jobs/1/nodes',
  'jobs/1/events',
  'plan_jobs?limit=20&order_by=owner',
  'scheduled_jobs/1/history',
] as const;

/** Apps' jobs that are called back every second. */
const STANDING = 20;

/** Schedules of every five seconds that stand at any time. */
const RECURRING = 20;

/** How far ahead a time is named, so that it has not passed when a busy machine decides. */
const AHEAD_MS = 15_000;

export function startTraffic({ url, jobsUrl, token }: Server, signal: AbortSignal): Traffic {
  const pools = { orchestrator: new Pool(url, { connections: 16 }), jobs: new Pool(jobsUrl, { connections: 4 }) };
  const answered = Object.fromEntries(Object.keys(RATES).map((kind) => [kind, 0])) as Record<Kind, number>;
  const recurring: string[] = [];

  async function ask(
    api: keyof typeof pools,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    expected: number,
    body?: object,
  ): Promise<string> {
    const headers = { 'x-authentication': token, 'content-type': 'application/json' };
    const response = await pools[api].request({ method, path, headers, body: body ? JSON.stringify(body) : null });
    const text = await response.body.text();
    if (response.statusCode !== expected) {
      throw new Error(`${method} ${path} was answered ${response.statusCode}, expected ${expected}: ${text}`);
    }
    return text;
  }
  const command = (name: string, body: object) => ask('orchestrator', 'POST', `${V1}/command/${name}`, 202, body);
  const schedule = async (inMs: number, over: object = {}) => {
    const at = new Date(Date.now() + inMs).toISOString();
    const answer = JSON.parse(await command('schedule_task', { ...ECHO, scheduled_time: at, ...over })) as Scheduled;
    return answer.scheduled_job.name;
  };
  const startRecurring = async () =>
    recurring.push(await schedule(AHEAD_MS, { schedule_options: { interval: { units: 'seconds', value: 5 } } }));
  const callBack = (name: string, dueTime: object) => ask('jobs', 'POST', `/v1.0/jobs/${name}`, 204, dueTime);

  const kinds: Readonly<Record<Kind, (index: number) => Promise<unknown>>> = {
    schedule: () => schedule(AHEAD_MS + Math.random() * 5000),
    async replace() {
      await startRecurring();
      await ask('orchestrator', 'DELETE', `${V1}/scheduled_jobs/${recurring.shift()}`, 204);
    },
    run: () => command('task', ECHO),
    plan: () => command('plan_run', { plan_name: 'tutorial', params: { targets: 'localhost' } }),
    list: (index) => ask('orchestrator', 'GET', `${V1}/${LISTS[index % LISTS.length]}`, 200),
    asOf: () =>
      ask(
        'orchestrator',
        'GET',
        `${V1}/scheduled_jobs?limit=20&as_of=${new Date(Date.now() - 5000).toISOString()}`,
        200,
      ),
    callBack: (index) => callBack(`once-${index % 50}`, { dueTime: '2s', overwrite: true }),
  };

  async function repeat(kind: Kind): Promise<void> {
    const pauseMs = 1000 / RATES[kind];
    const waiting = new Set<Promise<unknown>>();
    for (let index = 0; !signal.aborted; index++) {
      const asking = kinds[kind](index).then(() => answered[kind]++);
      waiting.add(asking);
      void asking.finally(() => waiting.delete(asking)).catch(() => undefined);
      await Promise.race([delay(pauseMs, undefined, { signal }).catch(() => undefined), failureOf(waiting)]);
    }
    await Promise.all(waiting);
  }

  async function begin(): Promise<void> {
    // What is asked for later is there.
    await schedule(AHEAD_MS);
    await command('task', ECHO);
    for (let each = 0; each < RECURRING; each++) await startRecurring();
    for (let each = 0; each < STANDING; each++) await callBack(`standing-${each}`, { schedule: '@every 1s' });
    await Promise.all((Object.keys(RATES) as Kind[]).map(repeat));
    await Promise.all(Object.values(pools).map((pool) => pool.close()));
  }
  return { answered, done: begin() };
}

const V1 = '/orchestrator/v1';

interface Scheduled {
  readonly scheduled_job: { readonly name: string };
}

/** Rejects with the first that does. */
const failureOf = (all: Iterable<Promise<unknown>>): Promise<never> =>
  new Promise((_, reject) => {
    for (const each of all) each.catch(reject);
  });
