import type { NatsConnection } from '@nats-io/transport-node';
import { dispatchSubjects } from '#agent-protocol';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { until } from '../platform/testing/until.js';
import { followPresence } from './presence.js';
import type { Presence } from './presence.js';

const hello = {
  node: 'web1',
  instance: 'i',
  version: '1',
  wanted: [],
  holding: [],
  factsDigest: null,
  environment: null,
};

let broker: TestBroker;
let server: NatsConnection;
let agent: NatsConnection;
let nowMs: number;
let presence: Presence;

beforeAll(async () => {
  broker = await startBroker();
  [server, agent] = await Promise.all([broker.connect('server'), broker.connect('agent')]);
});
afterAll(() => broker?.stop());
beforeEach(async () => {
  nowMs = 0;
  presence = followPresence(server, { now: () => nowMs, monotonic: () => nowMs });
  await server.flush();
});
afterEach(() => presence.close());

const say = (node: string, said: unknown) => agent.publish(dispatchSubjects(node).hello, JSON.stringify(said));

describe('an agent', () => {
  it('that promises nothing is connected for three seconds', async () => {
    say('web1', hello);
    await until(() => presence.find('web1') !== null);
    nowMs = 2999;
    expect(presence.find('web1')).toEqual({ name: 'web1', sinceMs: 0 });
    nowMs = 3000;
    expect(presence.find('web1')).toBeNull();
    expect(presence.connected()).toEqual([]);
  });

  it('is connected until a second after two hellos that it has promised, and without a break if one comes by then', async () => {
    say('web1', { ...hello, againMs: 5000 });
    await until(() => presence.find('web1') !== null);
    nowMs = 10_999;
    expect(presence.connected()).toEqual([{ name: 'web1', sinceMs: 0 }]);
    say('web1', { ...hello, againMs: 5000 });
    say('web2', hello);
    await until(() => presence.find('web2') !== null);
    nowMs += 3000;
    expect(presence.connected()).toEqual([{ name: 'web1', sinceMs: 0 }]);
  });

  it('is not heard where it says what is no hello', async () => {
    say('web1', { ...hello, againMs: 'for ever' });
    say('web2', hello);
    await until(() => presence.find('web2') !== null);
    expect(presence.find('web1')).toBeNull();
  });
});
