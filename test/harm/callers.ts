import { setTimeout as delay } from 'node:timers/promises';
import { clientOf, inSeconds } from '../api/client.js';
import { until } from '../../libs/platform/testing/until.js';
import type { Journal, Kind } from './journal.js';
import { persist } from './send.js';
import type { Attempt } from './send.js';
import type { Site } from './site.js';

const CALLERS = 5;

/** Between two commands of a caller. */
const PAUSE_MS = 60;

/** Schedules that a caller lets stand. */
const STANDING = 6;

/** A read that waits for a position takes up to 2 s. */
const READ_MS = 4000;

/** Commands of several callers, who go on whatever happens. */
export interface Callers {
  /** Resolves when each of them had an answer to a command that it began after this was called. */
  settled(): Promise<void>;
  /** Resolves when each has the answer to its last command, and has deleted its schedules. */
  stop(): Promise<void>;
}

/** Lets callers send commands to a site; `marksFile` is where their tasks leave marks. */
export function startCallers(site: Site, journal: Journal, marksFile: string): Callers {
  const stopping = new AbortController();
  const answeredFromMs = new Map<number, number>();
  const done = Array.from({ length: CALLERS }, async (_, caller) => {
    const { turns, end } = turnsOf(site, journal, marksFile, caller);
    let turn = 0;
    for (; !stopping.signal.aborted; turn++) {
      const begunMs = performance.now();
      await turns[turn % turns.length]!(turn);
      answeredFromMs.set(caller, begunMs);
      await delay(PAUSE_MS);
    }
    await end(turn);
  });
  return {
    async settled() {
      const fromMs = performance.now();
      const all = until(() => [...done.keys()].every((caller) => (answeredFromMs.get(caller) ?? 0) >= fromMs));
      await Promise.race([all, Promise.all(done)]);
    },
    async stop() {
      stopping.abort();
      await Promise.all(done);
    },
  };
}

/** What a caller does, again and again in this order, and how it ends. */
function turnsOf({ servers, nodes }: Site, journal: Journal, file: string, caller: number) {
  const clients = servers.map(clientOf);
  /** Own schedules that only a deletion ends, the oldest first. */
  const standing: number[] = [];

  const body = (turn: number, seconds: number) => ({
    task: 'mark',
    params: { seconds, file },
    scope: { nodes: turn % 3 === 0 ? [...nodes] : [nodes[turn % nodes.length]!] },
  });

  async function send(kind: Kind, turn: number, attempt: Attempt, about: number | null = null): Promise<number | null> {
    const key = `${caller}/${turn}/${kind}`;
    const { answer, ...tries } = await persist(clients, caller + turn, key, attempt, journal);
    const id = answer.status < 300 ? (about ?? nameIn(answer.json)) : null;
    journal.sent.push({ kind, key, ...tries, answer: { status: answer.status, id } });
    if (turn % 4 === 0 && id !== null) {
      const again = await persist(clients, caller + turn + 1, key, attempt, journal);
      journal.repeated++;
      const [first, second] = [answer, again.answer].map(({ status, text }) => `${status} ${withoutHosts(text)}`);
      if (first !== second) journal.faults.push(`${key} was answered '${first}' first, and '${second}' then`);
    }
    return id;
  }

  /** What was answered is shown by every server from then on. */
  async function readBack(turn: number, path: string, isShown: (text: string, status: number) => boolean) {
    const client = clients[(caller + turn + 1) % clients.length]!;
    const answer = await client.get(path, { timeoutMs: READ_MS }).catch(() => null);
    if (answer === null || answer.status === 503) journal.reads.broken++;
    else if (answer.headers['daybook-stale'] === 'true') journal.reads.stale++;
    else {
      journal.reads.answered++;
      if (!isShown(answer.text, answer.status)) {
        journal.faults.push(
          `${caller}/${turn} was answered, and GET ${path} then says ${answer.status} ${answer.text}`,
        );
      }
    }
  }
  const SCHEDULES = 'scheduled_jobs?order_by=name&order=desc&limit=1000';
  const listed = (id: number) => (text: string) => text.includes(`"name":"${id}"`);

  const schedule = (turn: number, dueInS: number, everyS: number | null) => {
    const wanted = {
      // Longer than the shortest interval, so that some overlap.
      ...body(turn, everyS === null ? 0 : 1.2),
      scheduled_time: inSeconds(dueInS),
      ...(everyS !== null && { schedule_options: { interval: { units: 'seconds', value: everyS } } }),
    };
    return send('schedule', turn, (client, headers, timeoutMs) =>
      client.post('schedule_task', wanted, { headers, timeoutMs }),
    );
  };
  const run = (turn: number, seconds: number) =>
    send('run', turn, (client, headers, timeoutMs) => client.post('task', body(turn, seconds), { headers, timeoutMs }));

  async function stand(turn: number, dueInS: number, everyS: number | null) {
    const id = await schedule(turn, dueInS, everyS);
    if (id === null) return;
    standing.push(id);
    await readBack(turn, SCHEDULES, listed(id));
  }

  async function remove(turn: number, atLeast = STANDING) {
    const id = standing.length > atLeast ? standing.shift() : undefined;
    if (id === undefined) return;
    const path = `scheduled_jobs/${id}`;
    const removed = await send(
      'delete',
      turn,
      (client, headers, timeoutMs) => client.delete(path, { headers, timeoutMs }),
      id,
    );
    if (removed === null) journal.faults.push(`${path} was there, and ${caller}/${turn} could not delete it`);
    await readBack(turn, SCHEDULES, (text) => !listed(id)(text));
  }

  async function runAndRead(turn: number) {
    const id = await run(turn, (turn % 5) * 0.2);
    if (id !== null) await readBack(turn, `jobs/${id}`, (_, status) => status === 200);
  }

  async function runAndStop(turn: number) {
    const id = await run(turn, 3);
    if (id === null) return;
    const stop = { job: String(id), force: turn % 2 === 0 };
    await send('stop', turn, (client, headers, timeoutMs) => client.post('stop', stop, { headers, timeoutMs }), id);
    await readBack(turn, `jobs/${id}`, (text) => /"state":"(stopping|stopped|finished|failed)"/.test(text));
  }

  const turns = [
    (turn: number) => schedule(turn, 0.2 + (turn % 7) * 0.3, null),
    runAndRead,
    (turn: number) => stand(turn, 60, 1),
    (turn: number) => schedule(turn, 1, null),
    (turn: number) => remove(turn),
    (turn: number) => stand(turn, 0.5, 1 + (turn % 3)),
    runAndStop,
    (turn: number) => remove(turn),
  ];
  return {
    turns,
    end: async (turn: number) => {
      for (let next = turn; standing.length > 0; next++) await remove(next, 0);
    },
  };
}

/** Servers call themselves by the address at which they were asked. */
const withoutHosts = (text: string) => text.replaceAll(/http:\/\/[^/]+/g, '');

/** The name in `{"job": {"name": …}}` or `{"scheduled_job": {"name": …}}`. */
function nameIn(json: unknown): number {
  return Number(Object.values(json as Record<string, { name: string }>)[0]!.name);
}
