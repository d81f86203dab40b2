import type { RecordedEvent } from '#domain';
import type { Client } from '../api/client.js';
import { clientOf, echoLater } from '../api/client.js';
import type { Ledger } from '../harm/ledger.js';
import { openLedger } from '../harm/ledger.js';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import { idsOf } from './subscriber.js';

const TYPE = 'application/cloudevents-batch+json';

let server: TestServer;
let client: Client;
let ledger: Ledger;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  client = clientOf(server);
  ledger = await openLedger(server.dataDir);
  await Promise.all(Array.from({ length: 250 }, () => client.post('schedule_task', echoLater())));
});
afterAll(async () => {
  await ledger?.close();
  await server?.stop();
});

async function page(query: string) {
  const { status, headers, json } = await client.call('GET', `/events?${query}`, { headers: { accept: TYPE } });
  expect([status, headers['content-type']]).toEqual([200, `${TYPE}; charset=utf-8`]);
  return { events: json as RecordedEvent[], position: Number(headers['daybook-position']) };
}

/** Reads page after page until one is empty. */
async function pages(limit: number, filter = ''): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for (let after = 0; ;) {
    const { events, position } = await page(`after=${after}&limit=${limit}${filter}`);
    if (events.length === 0) return found;
    expect(events.length).toBeLessThanOrEqual(limit);
    found.push(...events);
    after = position;
  }
}

describe('GET /events as batches', () => {
  it.each([1000, 100, 7])('has each event of the log once in pages of %d', async (limit) => {
    expect(await pages(limit)).toEqual(await ledger.events());
  });

  it('begins at the first event and has 100 of them where nobody says how many', async () => {
    const { events, position } = await page('');
    expect(events).toEqual((await ledger.events()).slice(0, 100));
    expect(position).toBe(100);
  });

  it('goes on behind what a filter has left out', async () => {
    const wanted = (await ledger.events()).filter(({ subject }) => /^scheduled-job\/.*0$/.test(subject));
    const own = await Promise.all(wanted.map(({ subject }) => pages(10, `&subject=${subject}`)));
    expect(own.flat()).toEqual(wanted);
    expect((await page('after=0&type=daybook.role.deleted')).position).toBe((await ledger.events()).length);
  });

  it('is empty at the end of the log, and refused beyond it', async () => {
    const { length } = await ledger.events();
    expect(await page(`after=${length}`)).toEqual({ events: [], position: length });
    const { status, json } = await client.call('GET', `/events?after=${length + 1}`, { headers: { accept: TYPE } });
    expect([status, json]).toMatchObject([
      400,
      {
        msg: `events after number ${length + 1} are asked for, expected a number from 0 to ${length}, the last of the log`,
      },
    ]);
    expect(idsOf((await page(`after=${length - 1}`)).events)).toEqual([length]);
  });

  it.each(['limit=0', 'limit=1001', 'after=x'])('refuses %s', async (query) => {
    const { status, json } = await client.call('GET', `/events?${query}`, { headers: { accept: TYPE } });
    expect([status, json]).toMatchObject([400, { details: { parameter: query.split('=')[0] } }]);
  });
});
