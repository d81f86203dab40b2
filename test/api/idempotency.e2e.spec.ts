import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, echoLater, kindOf } from './client.js';

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
});
afterAll(() => server?.stop());

const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });
const total = async () =>
  ((await client.get('scheduled_jobs')).json as { pagination: { total: number } }).pagination.total;

describe('Idempotency-Key', () => {
  it('gives a repeated command its first answer', async () => {
    const body = echoLater({ description: 'once' });
    const before = await total();
    const first = await client.post('schedule_task', body, keyed('a'));
    const second = await client.post('schedule_task', body, keyed('a'));
    expect(second.status).toBe(202);
    expect(second.json).toEqual(first.json);
    expect(await total()).toBe(before + 1);
  });

  it('refuses the same key with another body', async () => {
    await client.post('schedule_task', echoLater({ description: 'one' }), keyed('b'));
    const answer = await client.post('schedule_task', echoLater({ description: 'other' }), keyed('b'));
    expect(kindOf(answer)).toBe('daybook/idempotency-key-reused');
    expect(answer.status).toBe(422);
  });

  it('does not keep refusals', async () => {
    const past = echoLater({ scheduled_time: '2001-01-01T00:00:00Z' });
    expect((await client.post('schedule_task', past, keyed('c'))).status).toBe(400);
    expect((await client.post('schedule_task', echoLater(), keyed('c'))).status).toBe(202);
  });
});

describe('an answer to a command', () => {
  it('carries a position that reads wait for', async () => {
    const answer = await client.post('schedule_task', echoLater({ description: 'read back' }));
    const position = String(answer.headers['daybook-position']);
    expect(position).toMatch(/^\d+$/);
    const list = await client.get('scheduled_jobs?order_by=name&order=desc', {
      headers: { 'daybook-after': position },
    });
    expect(list.text).toContain('"read back"');
    expect(list.headers['daybook-stale']).toBeUndefined();
  });

  it('is marked stale where the position is not reached in time', async () => {
    const list = await client.get('scheduled_jobs', { headers: { 'daybook-after': '999999999999999' } });
    expect([list.status, list.headers['daybook-stale']]).toEqual([200, 'true']);
  });
});
