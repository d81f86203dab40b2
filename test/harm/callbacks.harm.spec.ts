import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from '#domain';
import { startApp } from '../callbacks/app.js';
import type { Received } from '../callbacks/app.js';
import { jobsClientOf } from '../callbacks/client.js';
import { until } from '../../libs/platform/testing/until.js';
import { schemaFaults } from '../../libs/schemas-api/testing/schema-faults.js';
import { choosePort } from '../setup/port.js';
import { newDataDir } from '../setup/server.js';
import { openLedger } from './ledger.js';
import { superviseServer } from './supervised.js';

const FULL_ROUNDS = Number(process.env['DAYBOOK_HARM_ROUNDS'] ?? 0) / 2;
const ROUNDS = FULL_ROUNDS > 0 ? FULL_ROUNDS : 3;

/** Jobs of a round that are due once, within about as long as the harm is waited for. */
const JOBS = 150;
const ROUND_MS = 2000;

/** Occurrences of the job of a round that repeats. */
const REPEATS = 30;

const LIMIT_MS = 60_000;

/** What was received of each run. */
const byRun = (received: readonly Received[]) =>
  Map.groupBy(received, ({ headers }) => String(headers['daybook-run-id']));

/** What is lost, or was delivered under several run ids; in words. */
function faultsOf(
  events: readonly RecordedEvent[],
  accepted: ReadonlySet<string>,
  received: readonly Received[],
): string[] {
  const names = new Map<number, string>();
  const fired = new Map<number, { readonly job: number; readonly occurrence: string }>();
  const ended = new Map<number, string>();
  for (const event of events) {
    if (event.type === 'daybook.app-job.scheduled') names.set(event.data.id, event.data.name);
    if (event.type === 'daybook.app-job.fired') {
      fired.set(event.data.run, { job: event.data.id, occurrence: event.data.occurrence });
    }
    if (event.type === 'daybook.app-job.delivered' || event.type === 'daybook.app-job.given-up') {
      ended.set(event.data.run, event.type);
    }
  }
  const runsOf = Map.groupBy([...fired.values()], ({ job, occurrence }) => `${names.get(job)} at ${occurrence}`);
  const receivedRuns = new Set([...byRun(received).keys()].map((id) => Number(id.split('-r')[1])));
  const known = new Set(names.values());
  return [
    ...[...accepted].filter((name) => !known.has(name)).map((name) => `${name} was accepted and is not in the log`),
    ...[...runsOf].filter(([, { length }]) => length > 1).map(([what]) => `${what} has fired more than once`),
    ...[...fired.keys()].filter((run) => !ended.has(run)).map((run) => `run ${run} has no end`),
    ...[...ended]
      .filter(([run, end]) => end.endsWith('delivered') && !receivedRuns.has(run))
      .map(([run]) => `run ${run} is delivered and was not received`),
    ...[...receivedRuns].filter((run) => !fired.has(run)).map((run) => `run ${run} was received and has not fired`),
    ...[...byRun(received).values()]
      .filter((calls) => new Set(calls.map(({ path }) => path)).size > 1)
      .map(([call]) => `a run id was of ${call!.path} and of another job`),
  ];
}

async function killWhileCallbacksRun(): Promise<void> {
  await using undo = new AsyncDisposableStack();
  const dataDir = newDataDir();
  undo.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const app = await startApp();
  undo.defer(() => app.kill());
  const faults: string[] = [];
  // Clients look for it where it was.
  const jobsPort = String(await choosePort());
  const env = { DAYBOOK_APPS: `default=${app.url}`, DAYBOOK_LOCAL_AGENT: 'off', DAYBOOK_JOBS_PORT: jobsPort };
  const server = await superviseServer({ dataDir, env }, faults);
  undo.defer(() => server.stop());
  const jobs = jobsClientOf({ jobsUrl: `http://127.0.0.1:${jobsPort}` });
  // Each answer takes a moment, so that a death comes between delivery and acknowledgement.
  app.answer = async () => {
    await delay(randomInt(20));
    return 200;
  };
  const accepted = new Set<string>();
  const schedule = async (name: string, body: Record<string, string | number>) => {
    const { status } = await jobs('POST', `/v1.0/jobs/${name}`, body);
    expect(status).toBe(204);
    accepted.add(name);
  };
  const areGone = async () =>
    ((await jobs('GET', '/v1.0/jobs?limit=1')).json as { pagination: { total: number } }).pagination.total === 0;

  for (let round = 0; round < ROUNDS; round++) {
    await schedule(`repeating${round}`, { schedule: '@every 50ms', repeats: REPEATS });
    for (let index = 0; index < JOBS; index++) {
      await schedule(`job${round}-${index}`, { dueTime: `${randomInt(ROUND_MS)}ms`, data: index });
    }
    await delay(randomInt(ROUND_MS));
    const isOfApp = round % 3 === 1;
    if (isOfApp) {
      await app.kill();
      await delay(randomInt(ROUND_MS));
      await app.revive();
    } else {
      process.kill(server.pid, 'SIGKILL');
      await server.revive();
    }
    await until(areGone);
  }

  const ledger = await openLedger(dataDir);
  const events = await ledger.events();
  await ledger.close();
  const fired = events.filter(({ type }) => type === 'daybook.app-job.fired');
  expect(fired).toHaveLength(ROUNDS * (JOBS + REPEATS));
  faults.push(...faultsOf(events, accepted, app.received), ...schemaFaults(events));
  expect(faults).toEqual([]);
}

describe(`callbacks under way while server and app are killed (${ROUNDS} rounds)`, () => {
  it('are not lost, and repeated only under the same run id', killWhileCallbacksRun, LIMIT_MS * (ROUNDS + 1));
});
