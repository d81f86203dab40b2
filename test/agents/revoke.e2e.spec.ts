import { readFileSync, rmSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { agentSubjects, dispatchSubjects } from '#agent-protocol';
import type { Hello } from '#agent-protocol';
import { connectTo } from '#broker';
import type { BrokerAddress } from '#broker';
import { openJetStreamLog } from '#event-log';
import { connectSoon } from '../../libs/broker/testing/connect-soon.js';
import { until as untilTrue } from '../../libs/platform/testing/until.js';
import type { Client, RunningServer } from '../api/client.js';
import { clientOf, kindOf } from '../api/client.js';
import { inState, nodesOf, outcomeOf, run } from '../runs/job.js';
import { testModules } from '../runs/tasks.js';
import { startAgent } from '../setup/agent.js';
import { embeddedBroker } from '../setup/embedded-broker.js';
import { newFolder } from '../setup/folder.js';
import type { Folder } from '../setup/folder.js';
import type { TestModules } from '../setup/modules.js';
import { newDataDir, startServer } from '../setup/server.js';
import { invite, join, joined, newAgent, nodesIn, PATH } from './agents.js';

let server: RunningServer;
let client: Client;
let modules: TestModules;
let folder: Folder;
const dataDir = newDataDir();
const agentDir = newDataDir();
const connections: NatsConnection[] = [];

const start = async () => {
  const env = {
    DAYBOOK_LOCAL_AGENT: 'off',
    // Long enough for an agent on a busy machine, whose connection nats-server takes up again.
    DAYBOOK_AGENT_GRACE_MS: '5000',
    DAYBOOK_MODULEPATH: modules.path,
  };
  server = await startServer({ dataDir, env });
  client = clientOf(server);
};
beforeAll(async () => {
  modules = testModules();
  folder = newFolder();
  await start();
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await server?.stop();
  modules.remove();
  folder.remove();
  for (const each of [dataDir, agentDir]) rmSync(each, { recursive: true, force: true });
});

const revoke = (node: string) => client.call('DELETE', `${PATH}/${node}`);
const connect = async (address: BrokerAddress, overrides = {}) => {
  const connection = await connectSoon(address, overrides);
  connections.push(connection);
  return connection;
};

describe('an agent that is revoked', () => {
  it('is disconnected when the answer comes, and let in no more', async () => {
    const agent = newAgent('gone.example.com');
    const address = await joined(client, agent);
    const connection = await connect(address, { reconnect: false });
    expect((await revoke(agent.node)).status).toBe(204);
    await connection.closed();
    await expect(connect(address)).rejects.toThrow(/authorization/i);
    expect(nodesIn(await client.call('GET', PATH))).not.toContain(agent.node);
    expect([(await revoke(agent.node)).status, kindOf(await revoke(agent.node))]).toEqual([
      404,
      'daybook/unknown-agent',
    ]);
    const { join_token: token } = await invite(client);
    expect(kindOf(await join(client, agent, token))).toBe('daybook/join-refused');
  });

  it('gets no run any more, and joins again with a new token', async () => {
    const name = 'web1.example.com';
    const join_ = async () => ({ server: server.url, token: (await invite(client, { node: name })).join_token });
    const first = await startAgent({ name, dataDir: agentDir, invitation: await join_() });
    expect(await outcomeOf(client, await run(client, 'echo', [name]))).toMatchObject({ state: 'finished' });

    expect((await revoke(name)).status).toBe(204);
    const waiting = await run(client, 'echo', [name]);
    expect(await outcomeOf(client, waiting)).toMatchObject({ state: 'failed', node_states: { errored: 1 } });
    expect(await nodesOf(client, waiting)).toMatchObject([
      { message: expect.stringContaining(`${name} is not connected`) as string },
    ]);
    await first.end('SIGTERM');

    const second = await startAgent({ name, dataDir: agentDir, invitation: await join_() });
    expect(await outcomeOf(client, await run(client, 'echo', [name]))).toMatchObject({ state: 'finished' });
    await second.end('SIGTERM');
  });
});

describe('an agent that is known', () => {
  it('loses no run while others join and are revoked', async () => {
    const busy = await startAgent({ name: 'busy', dataDir });
    const gate = folder.path('gate');
    const holding = await run(client, 'hold', ['busy'], { params: { gate } });
    await inState(client, holding, 'running');
    const ids: string[] = [];
    for (let index = 0; index < 10; index++) {
      const other = newAgent(`other${index}`);
      const coming = joined(client, other).then(() => revoke(other.node));
      ids.push(await run(client, 'echo', ['busy']), await run(client, 'echo', ['busy']));
      expect((await coming).status).toBe(204);
    }
    folder.write('gate');
    for (const id of [holding, ...ids]) expect(await outcomeOf(client, id)).toMatchObject({ state: 'finished' });
    expect(folder.read('gate.starts')).toBe('1\n');
    await busy.end('SIGTERM');
  });

  it('cannot have its answers sent to another, or to the log', async () => {
    const [agent, victim] = [newAgent('sly.example.com'), newAgent('victim.example.com')];
    const connection = await connect(await joined(client, agent));
    await joined(client, victim);
    const watching = await connect(embeddedBroker(dataDir));
    const heard: string[] = [];
    const places = [agentSubjects(victim.node).runs, 'daybook.log.0', '$JS.API.STREAM.PURGE.DAYBOOK', '_INBOX.x'];
    for (const place of places) {
      watching.subscribe(place, { callback: (_, { data }) => void (data.length > 0 && heard.push(place)) });
    }
    await watching.flush();
    const { hello, fetch } = dispatchSubjects(agent.node);
    const request = {
      node: victim.node,
      instance: 'i',
      version: '1',
      wanted: [],
      holding: [],
      factsDigest: null,
      environment: null,
    } satisfies Hello;
    for (const reply of places) {
      connection.publish(hello, JSON.stringify(request), { reply });
      connection.publish(fetch, JSON.stringify({ sha256: 'a'.repeat(64), offset: 0 }), { reply });
    }
    // What came before this has been looked at.
    await connection.request(hello, JSON.stringify(request));
    await watching.flush();
    expect(heard).toEqual([]);
  });

  it('speaks for its own node alone, whatever it says', async () => {
    const [agent, other] = [newAgent('liar.example.com'), newAgent('honest.example.com')];
    const connection = await connect(await joined(client, agent));
    const gate = folder.path('honest');
    const honest = await startAgent({ name: other.node, dataDir });
    const id = await run(client, 'hold', [other.node], { params: { gate } });
    await inState(client, id, 'running');
    const runId = await runIdOf(id);
    const at = new Date().toISOString();
    const report = {
      reportId: 'r',
      runId,
      kind: 'failed',
      attempt: 1,
      startedAt: at,
      finishedAt: at,
      result: {},
      large: null,
    };
    await connection.request(dispatchSubjects(agent.node).reports, JSON.stringify([report]));
    expect(await nodesOf(client, id)).toMatchObject([{ state: 'running' }]);
    folder.write('honest');
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'finished' });
    await honest.end('SIGTERM');
  });

  it('is known again after kill -9, and a revoked one is not', async () => {
    const [stays, goes] = [newAgent('stays.example.com'), newAgent('goes.example.com')];
    const [kept, lost] = [await joined(client, stays), await joined(client, goes)];
    const connection = await connect(kept);
    const local = await startAgent({ name: 'beside', dataDir });
    await revoke(goes.node);
    await server.kill();
    await start();
    await expect(connect(lost)).rejects.toThrow(/authorization/i);
    await untilTrue(() =>
      connection.flush().then(
        () => true,
        () => false,
      ),
    );
    await (await connect(kept)).flush();
    await untilTrue(async () => {
      const { json } = await client.get('inventory/beside');
      return (json as { connected: boolean }).connected;
    });
    expect(await outcomeOf(client, await run(client, 'echo', ['beside']))).toMatchObject({ state: 'finished' });
    await local.end('SIGTERM');
  });

  it('is let in again at once when nats-server is killed', async () => {
    const address = await joined(client, newAgent('steady.example.com'));
    const connection = await connect(address);
    const lock = JSON.parse(readFileSync(joinPath(dataDir, 'lock.json'), 'utf8')) as {
      children: Record<string, { pid: number }>;
    };
    process.kill(lock.children['nats-server']!.pid, 'SIGKILL');
    for await (const { type } of connection.status()) if (type === 'reconnect') break;
    await untilTrue(() =>
      connection.flush().then(
        () => true,
        () => false,
      ),
    );
  });
});

/** As the agent of its node knows it. */
async function runIdOf(job: string): Promise<string> {
  await using connection = await connectTo(embeddedBroker(dataDir), 'test');
  const { streamId } = await openJetStreamLog(connection);
  return `${streamId.replaceAll('-', '').slice(0, 12)}-${job}-0`;
}
