import { until } from '../../libs/platform/testing/until.js';
import { startAgent } from '../setup/agent.js';
import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, kindOf } from './client.js';

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
});
afterAll(() => server?.stop());

const CONNECTED = {
  connected: true,
  broker: expect.stringMatching(/^nats:\/\/127\.0\.0\.1:\d+$/) as string,
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
};

interface Item {
  readonly name: string;
  readonly connected: boolean;
}
const items = async () => ((await client.get('inventory')).json as { items: readonly Item[] }).items;

describe('GET inventory', () => {
  it('lists the nodes whose agents are connected, by name, as they come and go', async () => {
    expect(await items()).toEqual([{ name: 'localhost', ...CONNECTED }]);
    const agent = await startAgent({ name: 'a.example.com', dataDir: server.dataDir });
    await until(async () => (await items()).length === 2);
    expect(await items()).toEqual([
      { name: 'a.example.com', ...CONNECTED },
      { name: 'localhost', ...CONNECTED },
    ]);
    await agent.end('SIGKILL');
    await until(async () => (await items()).length === 1);
  });
});

describe('GET inventory/:node', () => {
  it('shows a node that is connected, and says of any other that it is not', async () => {
    expect((await client.get('inventory/localhost')).json).toEqual({ name: 'localhost', ...CONNECTED });
    const { status, json } = await client.get('inventory/nobody.example.com');
    expect([status, json]).toEqual([200, { name: 'nobody.example.com', connected: false }]);
  });
});

describe('POST inventory', () => {
  it('tells of each node that it is asked for, in that order', async () => {
    const body = { nodes: ['nobody.example.com', 'localhost'] };
    const { status, json } = await client.call('POST', '/orchestrator/v1/inventory', { body });
    expect(status).toBe(200);
    expect(json).toEqual({
      items: [
        { name: 'nobody.example.com', connected: false },
        { name: 'localhost', ...CONNECTED },
      ],
    });
  });

  it.each([[{}], [{ nodes: 'localhost' }], [{ nodes: [1] }], [[]]])('refuses %j', async (body) => {
    const answer = await client.call('POST', '/orchestrator/v1/inventory', { body });
    expect([answer.status, kindOf(answer)]).toEqual([400, 'puppetlabs.orchestrator/validation-error']);
  });
});
