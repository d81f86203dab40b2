import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { createUser } from '@nats-io/nkeys';
import { Objm } from '@nats-io/obj';
import type { NatsConnection, Status } from '@nats-io/transport-node';
import { agentInbox } from '#agent-protocol';
import { agentAddress } from './address.js';
import type { BrokerAddress } from './address.js';
import { connectSoon } from './testing/connect-soon.js';
import { newDataDir, openEmbeddedHere } from './testing/open-here.js';
import type { OpenedBroker } from './testing/open-here.js';

/** An agent with a key pair of its own. */
function newAgent(node: string) {
  const pair = createUser();
  return { node, publicKey: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) };
}

let dataDir: string;
let opened: OpenedBroker;
let connections: NatsConnection[];
let server: NatsConnection;
const [web1, web2] = [newAgent('web1.example.com'), newAgent('web2.example.com')];

beforeEach(async () => {
  dataDir = newDataDir();
  connections = [];
  opened = await openEmbeddedHere(dataDir);
  server = await connected(opened.broker.address);
  await opened.broker.gate!.admit([web1, web2]);
});
afterEach(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await opened.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function connected(address: BrokerAddress, overrides = {}) {
  const connection = await connectSoon(address, overrides);
  connections.push(connection);
  return connection;
}

const connectAs = ({ node, seed }: typeof web1, overrides = {}) =>
  connected(
    {
      servers: opened.broker.address.servers,
      login: { kind: 'nkey', seed },
      tls: null,
      inboxPrefix: agentInbox(node),
    },
    overrides,
  );

async function untilStatus(connection: NatsConnection, type: Status['type']) {
  for await (const status of connection.status()) if (status.type === type) return status;
  throw new Error(`the connection closed, expected the status ${type}`);
}

describe('an agent that is let in', () => {
  it('asks the dispatcher and answers it, as its own node', async () => {
    const agent = await connectAs(web1);
    server.subscribe('daybook.dispatch.*.hello', { callback: (_, msg) => void msg.respond('welcome') });
    agent.subscribe('daybook.agent.web1%2Eexample%2Ecom.runs', { callback: (_, msg) => void msg.respond('accepted') });
    await Promise.all([server.flush(), agent.flush()]);
    expect((await agent.request('daybook.dispatch.web1%2Eexample%2Ecom.hello')).string()).toBe('welcome');
    expect((await server.request('daybook.agent.web1%2Eexample%2Ecom.runs')).string()).toBe('accepted');
  });

  it.each([
    ['the log', 'daybook.log.0'],
    ['the writer', 'daybook.command.1'],
    ['the stream', '$JS.API.STREAM.DELETE.DAYBOOK'],
    ['what JetStream knows', '$JS.API.INFO'],
    ['direct reads of the stream', '$JS.API.DIRECT.GET.DAYBOOK'],
    ['the lease', '$KV.DAYBOOK_LEASE.writer'],
    ['large values', '$O.DAYBOOK_VALUES.C.x'],
    ['the acknowledgement of a message', '$JS.ACK.DAYBOOK.c.1.1.1.1.0'],
    ['runs of another agent', 'daybook.agent.web2%2Eexample%2Ecom.runs'],
    ['runs of its own', 'daybook.agent.web1%2Eexample%2Ecom.runs'],
    ['reports of another agent', 'daybook.dispatch.web2%2Eexample%2Ecom.reports'],
    ['answers to another agent', '_INBOX_AGENT.web2%2Eexample%2Ecom.x'],
    ['answers to the server', '_INBOX.x'],
    ['joining', 'daybook.join'],
    ['nats-server', '$SYS.REQ.SERVER.PING'],
  ])('cannot reach %s by publishing %s', async (_, subject) => {
    const agent = await connectAs(web1);
    const refused = untilStatus(agent, 'error');
    let heard = 0;
    server.subscribe(subject, { callback: (error) => void (error ?? heard++) });
    await server.flush();
    agent.publish(subject, 'x');
    expect(await refused).toMatchObject({ error: { operation: 'publish', subject } });
    await server.flush();
    expect(heard).toBe(0);
  });

  it.each([
    '>',
    '*.>',
    'daybook.>',
    'daybook.log.>',
    'daybook.log.0',
    'daybook.command.*',
    'daybook.join',
    'daybook.dispatch.>',
    'daybook.dispatch.web1%2Eexample%2Ecom.hello',
    'daybook.agent.>',
    'daybook.agent.*.runs',
    'daybook.agent.web2%2Eexample%2Ecom.runs',
    '_INBOX.>',
    '_INBOX_AGENT.>',
    '_INBOX_AGENT.*.*',
    '_INBOX_AGENT.web2%2Eexample%2Ecom.>',
    '$JS.>',
    '$JS.EVENT.>',
    '$KV.>',
    '$O.>',
    '$SYS.>',
  ])('cannot listen to %s', async (subject) => {
    const agent = await connectAs(web1);
    const refused = untilStatus(agent, 'error');
    agent.subscribe(subject, { callback: () => undefined });
    expect(await refused).toMatchObject({ error: { operation: 'subscription', subject } });
  });

  it('cannot listen in the group of another', async () => {
    const agent = await connectAs(web1);
    const refused = untilStatus(agent, 'error');
    agent.subscribe('daybook.command.1', { queue: 'daybook', callback: () => undefined });
    expect(await refused).toMatchObject({ error: { operation: 'subscription', subject: 'daybook.command.1' } });
  });

  it('opens neither stream nor bucket nor object store, and changes none', async () => {
    await (await jetstreamManager(server)).streams.add({ name: 'KEEP', subjects: ['keep'] });
    await new Kvm(server).create('LEASE');
    await new Objm(server).create('VALUES');
    const agent = await connectAs(web1, { ignoreAuthErrorAbort: true });
    const options = { timeout: 300, checkAPI: false };
    const manager = await jetstreamManager(agent, options);
    await expect(manager.streams.info('KEEP')).rejects.toThrow();
    await expect(manager.streams.getMessage('KEEP', { seq: 1 })).rejects.toThrow();
    await expect(manager.streams.purge('KEEP')).rejects.toThrow();
    await expect(jetstream(agent, options).publish('keep', 'x', { timeout: 300 })).rejects.toThrow();
    await expect(
      new Kvm(jetstream(agent, options)).open('LEASE').then((kv) => kv.put('writer', 'x')),
    ).rejects.toThrow();
    await expect(new Objm(jetstream(agent, options)).open('VALUES').then((all) => all.list())).rejects.toThrow();
    const kept = await (await jetstreamManager(server)).streams.info('KEEP');
    expect(kept.state.messages).toBe(0);
  });

  it('answers only what it was asked, and only once', async () => {
    const agent = await connectAs(web1);
    agent.subscribe('daybook.agent.web1%2Eexample%2Ecom.runs', {
      callback: (_, message) => {
        message.respond('first');
        message.respond('second');
      },
    });
    await agent.flush();
    const refused = untilStatus(agent, 'error');
    expect((await server.request('daybook.agent.web1%2Eexample%2Ecom.runs')).string()).toBe('first');
    expect(await refused).toMatchObject({ error: { operation: 'publish' } });
  });
});

describe('who is let in', () => {
  const refusal = /authorization/i;

  it('is nobody else', async () => {
    await expect(connectAs(newAgent('web1.example.com'))).rejects.toThrow(refusal);
    const none = { ...opened.broker.address, login: { kind: 'none' } as const };
    await expect(connected(none)).rejects.toThrow(refusal);
  });

  it('changes at once: the connection of one that is not any more is closed, and those of others stay', async () => {
    const [first, second] = await Promise.all([connectAs(web1, { reconnect: false }), connectAs(web2)]);
    const changes: string[] = [];
    void (async () => {
      for await (const { type } of second.status()) changes.push(type);
    })();
    await opened.broker.gate!.admit([web2, newAgent('web3.example.com')]);
    await first.closed();
    server.subscribe('daybook.dispatch.*.hello', { callback: (_, msg) => void msg.respond('welcome') });
    await server.flush();
    expect((await second.request('daybook.dispatch.web2%2Eexample%2Ecom.hello')).string()).toBe('welcome');
    expect(changes.filter((type) => type === 'disconnect' || type === 'reconnect')).toEqual([]);
    await expect(connectAs(web1)).rejects.toThrow(refusal);
  });

  it('stays so when nats-server starts anew, and is nobody after a new start of the server', async () => {
    await opened.broker.restart();
    await connectAs(web1);
    await opened.close();
    opened = await openEmbeddedHere(dataDir);
    await expect(connectAs(web1)).rejects.toThrow(refusal);
    await opened.broker.gate!.admit([web1]);
    await connectAs(web1);
  });

  it('is told to nats-server with a configuration that it takes, or not at all', async () => {
    const broken = { node: 'web3', publicKey: 'none' };
    await expect(opened.broker.gate!.admit([web1, broken])).rejects.toThrow('nats-server refuses its configuration');
    await connectAs(web2);
  });
});

describe('one who wants to join', () => {
  it('may ask for it, and do nothing else', async () => {
    const joining = await connected(agentAddress(dataDir));
    server.subscribe('daybook.join', { callback: (_, msg) => void msg.respond('joined') });
    await server.flush();
    expect((await joining.request('daybook.join')).string()).toBe('joined');
    for (const subject of ['daybook.dispatch.web1.hello', 'daybook.log.0', '$JS.API.INFO', '$SYS.REQ.SERVER.PING']) {
      const refused = untilStatus(joining, 'error');
      joining.publish(subject, 'x');
      expect(await refused).toMatchObject({ error: { operation: 'publish', subject } });
    }
    for (const subject of ['daybook.>', 'daybook.agent.>', '_INBOX_AGENT.>', '_INBOX.>']) {
      const refused = untilStatus(joining, 'error');
      joining.subscribe(subject, { callback: () => undefined });
      expect(await refused).toMatchObject({ error: { operation: 'subscription', subject } });
    }
  });
});

describe('a nats-server for agents on other machines', () => {
  const [certFile, keyFile] = ['localhost.pem', 'localhost-key.pem'].map((name) =>
    fileURLToPath(new URL(`testing/${name}`, import.meta.url)),
  ) as [string, string];

  it('lets them in over TLS under the name of the machine, and the server itself without', async () => {
    await opened.close();
    opened = await openEmbeddedHere(dataDir, { host: '0.0.0.0', tls: { certFile, keyFile } });
    await opened.broker.gate!.admit([web1]);
    const { servers, tls } = opened.broker.gate!.route('localhost');
    expect({ servers, tls }).toEqual({ servers: [expect.stringMatching(/^localhost:\d+$/)], tls: true });
    const login = { kind: 'nkey', seed: web1.seed } as const;
    const address = { servers, login, tls: { caFile: certFile }, inboxPrefix: agentInbox(web1.node) };
    const agent = await connected(address);
    expect(agent.info).toMatchObject({ tls_available: true });
    const own = await connected(opened.broker.address);
    own.subscribe('daybook.dispatch.*.hello', { callback: (_, msg) => void msg.respond('welcome') });
    await own.flush();
    expect((await agent.request('daybook.dispatch.web1%2Eexample%2Ecom.hello')).string()).toBe('welcome');
  });
});
