import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { until } from '../../libs/platform/testing/until.js';
import { clientOf, echoLater } from '../api/client.js';
import { openLedger } from '../harm/ledger.js';
import { choosePort } from '../setup/port.js';
import type { TestServer } from '../setup/server.js';
import { newDataDir, startServer } from '../setup/server.js';
import { idsOf, range, subscribe } from './subscriber.js';

const KILLS = 2;
const READERS = 5;
/** That are accepted between two kills. */
const SCHEDULES = 150;

const dataDir = newDataDir();
let port: number;
let server: TestServer;
beforeAll(async () => {
  port = await choosePort();
  server = await start();
});
afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true });
});

const start = () => startServer({ dataDir, env: { DAYBOOK_PORT: String(port), DAYBOOK_LOCAL_AGENT: 'off' } });

async function ledgerEvents() {
  const ledger = await openLedger(dataDir);
  const events = await ledger.events();
  await ledger.close();
  return events;
}

/** Gives commands until so many are accepted, whatever happens to the server meanwhile. */
async function scheduleSome(count: number): Promise<void> {
  const client = clientOf(server);
  let left = count;
  const one = async () => {
    while (left > 0) {
      const answer = await client.post('schedule_task', echoLater()).catch(() => null);
      if (answer?.status === 202) left--;
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
}

/** Reads, and breaks off after each of some numbers of events, until it has been given the event of a number. */
async function readUpTo(last: () => number | null, breaks: readonly number[]) {
  const got: Awaited<ReturnType<typeof ledgerEvents>> = [];
  for (let turn = 0; ; turn++) {
    const after = got.at(-1)?.id ?? '0';
    const subscription = await subscribe(server, '/events?after=0', { lastEventId: after }).catch(() => null);
    if (!subscription) continue;
    const limit = breaks[turn % breaks.length]!;
    const isDone = () => (subscription.events.at(-1) ?? got.at(-1))?.id === String(last());
    await until(() => subscription.isOver || isDone() || subscription.events.length >= limit);
    got.push(...subscription.events);
    const isLast = got.at(-1)?.id === String(last());
    await subscription.close();
    if (isLast) return got;
  }
}

describe('subscribers that break off at random, of a server that is killed', () => {
  it('get each event of the log once and in order, by the last event id alone', async () => {
    let last: number | null = null;
    const breaks = fc.sample(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }), READERS);
    const reading = breaks.map((limits) => readUpTo(() => last, limits));
    for (let kill = 0; kill < KILLS; kill++) {
      await scheduleSome(SCHEDULES);
      const going = scheduleSome(SCHEDULES);
      await server.kill();
      server = await start();
      await going;
    }
    await scheduleSome(SCHEDULES);
    const all = await ledgerEvents();
    last = all.length;
    expect(idsOf(all)).toEqual(range(1, last));
    for (const events of await Promise.all(reading)) expect(events).toEqual(all);
  }, 120_000);

  it('resume from any place', async () => {
    const all = await ledgerEvents();
    const places = fc.sample(fc.integer({ min: 0, max: all.length - 1 }), 40);
    await Promise.all(
      places.map(async (place) => {
        const subscription = await subscribe(server, '/events', { lastEventId: String(place) });
        await until(() => subscription.events.length >= all.length - place);
        expect(subscription.events).toEqual(all.slice(place));
        await subscription.close();
      }),
    );
  });
});
