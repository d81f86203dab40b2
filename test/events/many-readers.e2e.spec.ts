import type { RecordedEvent } from '#domain';
import { until } from '../../libs/platform/testing/until.js';
import { accessOf, as } from '../api/access.js';
import { clientOf, echo } from '../api/client.js';
import { openLedger } from '../harm/ledger.js';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import { subscribe } from './subscriber.js';

const JOBS = 200;

let server: TestServer;
beforeAll(async () => {
  // No node has an agent: a run ends by itself.
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off', DAYBOOK_AGENT_GRACE_MS: '100' } });
});
afterAll(() => server?.stop());

interface Asked {
  readonly query: string;
  readonly token?: string;
  readonly isWanted: (event: RecordedEvent, ownerOf: ReadonlyMap<string, string>) => boolean;
}

describe('a hundred readers with filters of their own', () => {
  it('each get exactly the events that pass, in order', async () => {
    const client = clientOf(server);
    const users = await Promise.all(
      Array.from({ length: 5 }, () => accessOf(server).userWith('orchestrator:view', 'tasks:run')),
    );
    const types = ['created', 'finished', 'node-errored', 'started', '*'];
    const isOf = (event: RecordedEvent, type: string) =>
      event.type.startsWith('daybook.job.') && (type === '*' || event.type.endsWith(`.${type}`));
    const asked: readonly Asked[] = [
      ...Array.from({ length: 65 }, (_, job) => ({
        query: `subject=job/${job + 1}`,
        isWanted: ({ subject }: RecordedEvent) => subject === `job/${job + 1}`,
      })),
      ...users.flatMap(({ id, token }) =>
        types.map((type) => ({
          query: `owner=${id}&type=daybook.job.${type}`,
          token,
          isWanted: (event: RecordedEvent, ownerOf: ReadonlyMap<string, string>) =>
            isOf(event, type) && ownerOf.get(event.subject) === id,
        })),
      ),
      ...types.map((type) => ({
        query: `environment=production&type=daybook.job.${type}`,
        isWanted: (event: RecordedEvent) => isOf(event, type),
      })),
      ...types.map((type) => ({
        query: `type=daybook.job.${type}`,
        isWanted: (event: RecordedEvent) => isOf(event, type),
      })),
    ];
    expect(asked).toHaveLength(100);
    const readers = await Promise.all(
      asked.map(({ query, token = server.token }) => subscribe(server, `/events?${query}`, { token })),
    );
    const before = await client.call('GET', '/events?after=0&limit=1000', {
      headers: { accept: 'application/cloudevents-batch+json' },
    });
    const by = [client, ...users.map(({ token }) => as(server, token))];
    await Promise.all(
      Array.from({ length: JOBS }, (_, job) =>
        by[job % by.length]!.post('task', echo({ scope: { nodes: ['a.example.com', 'b.example.com'] } })),
      ),
    );
    await until(async () => {
      const { json } = await client.get('jobs?limit=1000');
      return (json as { items: { state: string }[] }).items.filter(({ state }) => state === 'failed').length === JOBS;
    });
    const ledger = await openLedger(server.dataDir);
    const all = (await ledger.events()).slice((before.json as unknown[]).length);
    await ledger.close();
    const ownerOf = new Map(
      all.flatMap((event) =>
        event.type === 'daybook.job.created' ? [[event.subject, event.data.owner] as const] : [],
      ),
    );
    for (const [index, { isWanted }] of asked.entries()) {
      const wanted = all.filter((event) => isWanted(event, ownerOf));
      await until(() => readers[index]!.events.length >= wanted.length);
      expect(readers[index]!.events).toEqual(wanted);
    }
    expect(readers.reduce((sum, { events }) => sum + events.length, 0)).toBeGreaterThan(JOBS * 10);
    await Promise.all(readers.map((reader) => reader.close()));
  });
});
