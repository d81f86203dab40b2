import { until } from '../../libs/platform/testing/until.js';
import { clientOf, echoLater } from '../api/client.js';
import { openLedger } from '../harm/ledger.js';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import { idsOf, range, subscribe } from './subscriber.js';

/** More than what the connection itself holds. */
const EVENTS = 400;
const EVENT_BYTES = 60_000;

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
});
afterAll(() => server?.stop());

async function scheduleLarge(): Promise<void> {
  const client = clientOf(server);
  const body = echoLater({ params: { message: 'x'.repeat(EVENT_BYTES) } });
  const left = Array(EVENTS).keys();
  const one = async () => {
    for (const _ of left) expect((await client.post('schedule_task', body)).status).toBe(202);
  };
  await Promise.all(Array.from({ length: 8 }, one));
}

describe('a reader that does not read', () => {
  it('is told that it lags and resumes, while another one gets everything', async () => {
    const slow = await subscribe(server, '/events?after=0', { isSlow: true });
    const fast = await subscribe(server, '/events?after=0');
    await scheduleLarge();
    const ledger = await openLedger(server.dataDir);
    const all = await ledger.events();
    await ledger.close();
    await until(() => fast.events.length >= all.length || fast.isOver);
    expect([fast.endReason, idsOf(fast.events)]).toEqual([null, range(1, all.length)]);

    slow.read();
    await until(() => slow.isOver);
    expect(slow.endReason).toBe('lagging');
    const got = slow.events.length;
    expect(got).toBeLessThan(all.length);
    expect(idsOf(slow.events)).toEqual(range(1, got));

    const resumed = await subscribe(server, '/events?after=0', { lastEventId: String(got) });
    await until(() => resumed.events.length >= all.length - got);
    expect(idsOf(resumed.events)).toEqual(range(got + 1, all.length));
    await Promise.all([slow, fast, resumed].map((subscription) => subscription.close()));
  });

  it('of history is waited for', async () => {
    const slow = await subscribe(server, '/events?after=0', { isSlow: true });
    const fast = await subscribe(server, '/events?after=0');
    await until(() => fast.events.length > EVENTS);
    slow.read();
    await until(() => slow.events.length > EVENTS);
    expect(idsOf(slow.events)).toEqual(range(1, slow.events.length));
    await Promise.all([slow.close(), fast.close()]);
  });
});
