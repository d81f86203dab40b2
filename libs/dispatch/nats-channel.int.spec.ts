import type { NatsConnection } from '@nats-io/transport-node';
import { connectTo } from '#broker';
import { agentInbox, dispatchSubjects } from '#agent-protocol';
import type { Hello, Welcome } from '#agent-protocol';
import { createLogger } from '#platform';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { inTurns } from './in-turns.js';
import { serveAgents } from './nats-channel.js';

let broker: TestBroker;
let server: NatsConnection;
beforeAll(async () => {
  broker = await startBroker();
  server = await broker.connect('server');
});
afterAll(() => broker?.stop());

const nobody = () => Promise.reject(new Error('nothing else was to be asked'));

describe('an agent that says hello', () => {
  it('is welcomed, and is not where it says what is no hello', async () => {
    const heard: Hello[] = [];
    const welcome: Welcome = { maxMessageBytes: 1, reign: 'log/1', wantsFacts: false, againMs: 1000 };
    const hello = (said: Hello) => {
      heard.push(said);
      return welcome;
    };
    const requests = { hello, reports: nobody, facts: nobody, fetch: nobody, store: nobody };
    const stop = serveAgents(server, requests, inTurns(), createLogger('test', 'silent'));
    await server.flush();
    const agent = await connectTo({ ...broker.broker.address, inboxPrefix: agentInbox('web1') }, 'agent');
    const subject = dispatchSubjects('web1').hello;
    agent.publish(subject, JSON.stringify({ wanted: [], holding: 'all' }), { reply: `${agentInbox('web1')}.1` });
    const said = { node: 'another', wanted: [], holding: ['x-1-0'] };
    expect((await agent.request(subject, JSON.stringify(said))).json()).toEqual(welcome);
    expect(heard).toEqual([{ ...said, node: 'web1' }]);
    await agent.close();
    stop();
  });
});
