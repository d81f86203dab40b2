import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { BrokerAddress } from '#broker';
import type { RecordedEvent } from '#domain';
import { connectSoon } from '../../libs/broker/testing/connect-soon.js';
import { feedSubject } from '../../libs/feed/feed-subject.js';
import { until } from '../../libs/platform/testing/until.js';
import { clientOf, echoLater } from '../api/client.js';
import { cliOf, daybook } from '../cli/cli.js';
import { read } from '../docs/markdown.js';
import { embeddedBroker } from '../setup/embedded-broker.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';

const env = { DAYBOOK_FEED: 'on', DAYBOOK_LOCAL_AGENT: 'off' };
const domain = 'daybook';
const dataDir = newDataDir();
/** Below the packages, so that the example finds them. */
const folder = mkdtempSync(join(resolve('node_modules/.cache'), 'daybook-example-'));
const connections: NatsConnection[] = [];

let server: TestServer;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  server = await startServer({ dataDir, env });
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await server?.stop();
  for (const each of [dataDir, folder]) rmSync(each, { recursive: true, force: true });
});

interface Credential {
  readonly key: string;
  readonly nats: { readonly servers: readonly string[] };
}

const cli = (...args: string[]) => daybook(args, { DAYBOOK_URL: server.url, DAYBOOK_TOKEN: server.token });

async function credentialOf(name: string): Promise<Credential> {
  const given = await cli('events', 'credential', name, '--key', join(folder, `${name}.nk`), '--json');
  expect([given.status, given.stderr]).toEqual([0, '']);
  return JSON.parse(given.stdout) as Credential;
}

async function connected(address: BrokerAddress, options = {}): Promise<NatsConnection> {
  const connection = await connectSoon(address, options);
  connections.push(connection);
  return connection;
}

function connectWith({ key, nats }: Credential, options = {}): Promise<NatsConnection> {
  const login = { kind: 'nkey', seed: readFileSync(key, 'utf8').trim() } as const;
  return connected({ servers: nats.servers, login, tls: null, inboxPrefix: '_INBOX' }, options);
}

/** The whole log, as an administrator reads it. */
async function eventsOfLog(): Promise<RecordedEvent[]> {
  const headers = { accept: 'application/cloudevents-batch+json' };
  const { json } = await clientOf(server).call('GET', '/events?after=0&limit=1000', { headers });
  return json as RecordedEvent[];
}

/** Takes messages of a consumer, each acknowledged, until `isLast`. */
async function take(connection: NatsConnection, stream: string, consumer: string, isLast: (text: string) => boolean) {
  const messages: { subject: string; seq: number; text: string }[] = [];
  const place = await jetstream(connection, { domain }).consumers.get(stream, consumer);
  for await (const message of await place.consume()) {
    messages.push({ subject: message.subject, seq: message.seq, text: message.string() });
    message.ack();
    if (isLast(message.string())) break;
  }
  await connection.flush();
  return messages;
}

const schedule = (count: number) =>
  Promise.all(Array.from({ length: count }, () => clientOf(server).post('schedule_task', echoLater())));

const ofLast = (events: readonly RecordedEvent[]) => (text: string) => text.includes(`"id":"${events.at(-1)!.id}"`);

describe('a subscriber with a credential', () => {
  it('reads the log with the example of the documentation, as it is printed there', async () => {
    await schedule(5);
    const { key, nats } = await credentialOf('analytics');
    expect(key).toBe(join(folder, 'analytics.nk'));
    const events = await eventsOfLog();
    const example = /```js\n([^]+?)```/.exec(read('docs/events.md'))![1]!;
    writeFileSync(join(folder, 'example.mjs'), example);
    const options = { cwd: folder, env: { ...process.env, SERVER: nats.servers.join() } };
    const child = spawn(process.execPath, ['example.mjs'], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) if (lines.push(line) === events.length) break;
    child.kill();
    expect(lines).toEqual(events.map(({ id, type, subject }) => `${id} ${type} ${subject}`));
  });

  it('reads each event of the feed once, in order, on a subject of its own', async () => {
    const events = await eventsOfLog();
    const messages = await take(
      await connectWith(await credentialOf('feeder')),
      'DAYBOOK_FEED',
      'feeder',
      ofLast(events),
    );
    expect(messages).toEqual(
      events.map((event) => ({ subject: feedSubject(event), seq: Number(event.id), text: JSON.stringify(event) })),
    );
  });

  it('finds any commit by its sequence', async () => {
    const jsm = await jetstreamManager(await connectWith(await credentialOf('analytics')), { domain });
    const [first] = (await jsm.streams.getMessage('DAYBOOK', { seq: 1 }))!.json<RecordedEvent[]>();
    expect(first).toMatchObject({ id: '1', type: 'daybook.writer.opened' });
    expect((await jsm.streams.info('DAYBOOK')).config.name).toBe('DAYBOOK');
  });

  it('reaches nothing else, neither by asking nor by where it has an answer sent', async () => {
    const own = await connectWith(await credentialOf('analytics'));
    await credentialOf('other');
    const everything: string[] = [];
    own.subscribe('>', { callback: (_, { subject }) => void everything.push(subject) });
    await own.flush();
    const operator = await connected(embeddedBroker(dataDir));
    const jsm = await jetstreamManager(operator);
    const stateOf = async (stream: string) => (await jsm.streams.info(stream)).state.messages;
    const before = [await stateOf('DAYBOOK'), await stateOf('DAYBOOK_FEED')];

    const asked = ['$JS.API', '$JS.daybook.API'].flatMap((api) => [
      ...['DELETE', 'PURGE', 'UPDATE'].map((what) => `${api}.STREAM.${what}.DAYBOOK`),
      `${api}.STREAM.MSG.DELETE.DAYBOOK`,
      `${api}.CONSUMER.CREATE.DAYBOOK.x`,
      `${api}.CONSUMER.DELETE.DAYBOOK.other`,
      `${api}.CONSUMER.MSG.NEXT.DAYBOOK.other`,
      `${api}.STREAM.INFO.KV_DAYBOOK_LEASE`,
      `${api}.STREAM.MSG.GET.OBJ_DAYBOOK_SNAPSHOTS`,
    ]);
    const others = ['daybook.command.1', 'daybook.join', 'daybook.dispatch.web1.hello', '$SYS.REQ.SERVER.PING'];
    const written = ['daybook.log.0', 'daybook.events.job.1.finished', '$KV.DAYBOOK_LEASE.writer'];
    const refusals = await Promise.all(
      [...asked, ...others, ...written].map((subject) =>
        own.request(subject, '', { timeout: 1000 }).then(
          (message) => message.json<{ error?: { description: string } }>().error?.description,
          (error: Error) => error.message,
        ),
      ),
    );
    const refusal = expect.stringMatching(/no responders|JetStream not enabled|timeout/) as string;
    expect(refusals).toEqual(refusals.map(() => refusal));
    // An empty answer to STREAM.DELETE would be a request to delete.
    for (const reply of [...written, '$JS.API.STREAM.DELETE.DAYBOOK', '$JS.API.STREAM.DELETE.DAYBOOK_FEED']) {
      own.publish('$JS.daybook.API.CONSUMER.MSG.NEXT.DAYBOOK_FEED.analytics', '{"batch":1,"no_wait":true}', { reply });
      own.publish('$JS.daybook.API.STREAM.INFO.DAYBOOK', '', { reply });
    }
    own.publish('$JS.daybook.API.INFO', '', { reply: 'the.last.answer' });
    await until(() => everything.includes('the.last.answer'));
    expect([await stateOf('DAYBOOK'), await stateOf('DAYBOOK_FEED')]).toEqual(before);
    everything.length = 0;
    await schedule(1);
    own.publish('of.its.own', '');
    await until(() => everything.includes('of.its.own'));
    expect(everything).toEqual(['of.its.own']);
  });

  it('finds its place kept when the server was killed, and the feed gone on', async () => {
    await schedule(50);
    await server.kill();
    server = await startServer({ dataDir, env });
    await schedule(3);
    const events = await eventsOfLog();
    const connection = await connectWith(await credentialOf('feeder'));
    const messages = await take(connection, 'DAYBOOK_FEED', 'feeder', ofLast(events));
    const place = messages[0]!.seq;
    expect(place).toBeGreaterThan(1);
    expect(messages.map(({ text }) => text)).toEqual(events.slice(place - 1).map((event) => JSON.stringify(event)));
  });

  it('is listed until it is revoked, which closes its connection', async () => {
    const credential = await credentialOf('analytics');
    const connection = await connectWith(credential, { reconnect: false });
    const listed = (await cli('events', 'credentials')).stdout.split('\n').slice(1, -1);
    expect(listed.map((line) => line.split(/ +/)[0])).toEqual(['analytics', 'feeder', 'other']);
    expect(await cli('events', 'credential', 'analytics', '--revoke')).toMatchObject({
      status: 0,
      stdout: 'analytics is revoked\n',
    });
    await connection.closed();
    await expect(connectWith(credential)).rejects.toThrow(/authorization/i);
    const again = await cliOf(server)('events credential analytics --revoke');
    expect([again.status, again.stderr]).toEqual([1, 'No subscriber is let in as analytics\n']);
  });

  it.each([
    [2, 'events credential a.b', /expected 1 to 64 letters, digits, '_' and '-'/],
    [1, `events credential a --key ${resolve('package.json')}`, /package\.json holds no seed of an nkey, expected one/],
    [
      1,
      `events credential twice --key ${join(folder, 'feeder.nk')}`,
      /natsKey is 'U\w+', expected one that is not taken/,
    ],
  ])('ends with %i instead of being made by %j', async (expected, args, sentence) => {
    const { status, stderr } = await cliOf(server)(args);
    expect([status, stderr]).toEqual([expected, expect.stringMatching(sentence)]);
  });
});
