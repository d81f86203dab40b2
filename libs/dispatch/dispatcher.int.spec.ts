import type { Accepted, RunMessage } from '#agent-protocol';
import type { NatsConnection } from '@nats-io/transport-node';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { until } from '../platform/testing/until.js';
import type { AgentChannel } from './dispatcher.js';
import { CannotSend } from './cannot-send.js';
import { inTurns } from './in-turns.js';
import { dispatching, GRACE_MS, ids, listen, messageOf } from './testing/dispatching.js';

let broker: TestBroker;
let server: NatsConnection;
let agents: NatsConnection;
let nodes = 0;
/** A name that no other test uses. */
let node: string;

beforeAll(async () => {
  broker = await startBroker();
  [server, agents] = await Promise.all([broker.connect('server'), broker.connect('agents')]);
});
afterAll(() => broker?.stop());
beforeEach(() => (node = `node${++nodes}`));

/** An agent that listens before anything is sent to it. */
const agentOf = async (name: string) => {
  const agent = listen(agents, name);
  await agents.flush();
  return agent;
};
/** A way to agents that answer when they are told to. */
class HeldChannel implements AgentChannel {
  readonly asked: string[] = [];
  readonly connectedSinceMs = 0;
  readonly #answers: (() => void)[] = [];

  sendRuns(name: string, runs: readonly RunMessage[]): Promise<Accepted> {
    this.asked.push(name);
    return new Promise((resolve) => this.#answers.push(() => resolve({ accepted: runs.map(({ runId }) => runId) })));
  }

  sendStops(): Promise<Accepted> {
    return Promise.resolve({ accepted: [] });
  }

  answerFirst(): void {
    this.#answers.shift()!();
  }
}

const FIRST = ids.of(1, 0);
const SECOND = ids.of(2, 0);

describe('a run', () => {
  it('waits for its agent to be heard, and is sent once when that takes it', async () => {
    const agent = await agentOf(node);
    const { happens, hello } = dispatching(server);
    happens((history) => history.run([node]));
    expect(agent.runs).toEqual([]);
    hello(node);
    await agent.untilRuns(1);
    happens((history) => history.run([node]));
    await agent.untilRuns(2);
    hello(node, { holding: [FIRST, SECOND] });
    happens((history) => history.run([node]));
    await agent.untilRuns(3);
    expect(agent.runs).toEqual([FIRST, SECOND, ids.of(3, 0)]);
  });

  it('that was not taken is offered again when the agent says hello', async () => {
    const agent = await agentOf(node);
    const { happens, hello } = dispatching(server);
    agent.take = () => [];
    hello(node);
    happens((history) => history.run([node]));
    await agent.untilRuns(1);
    agent.take = (runIds) => runIds;
    await until(() => {
      hello(node, { holding: agent.runs });
      return agent.runs.length === 2;
    });
    expect(agent.runs).toEqual([FIRST, FIRST]);
  });

  it('that the agent holds without its secrets is sent again', async () => {
    const agent = await agentOf(node);
    const { happens, hello } = dispatching(server);
    hello(node);
    happens((history) => history.run([node]));
    await agent.untilRuns(1);
    await until(() => {
      hello(node, { holding: [FIRST], wanted: [FIRST] });
      return agent.runs.length > 1;
    });
    expect(new Set(agent.runs)).toEqual(new Set([FIRST]));
  });

  it('that may wait longer for its agent is given up only after that', () => {
    const { happens, sweepAfter, givenUp } = dispatching(server);
    happens((history) => history.run([node], { waitS: 60 }));
    sweepAfter(59_000);
    expect(givenUp).toEqual([]);
    sweepAfter(61_000);
    expect(givenUp).toMatchObject([{ runId: FIRST, kind: 'puppetlabs.orchestrator/execution-failure' }]);
  });

  it('that has ended here while it was on its way is stopped there', async () => {
    const agent = await agentOf(node);
    const { happens, hello } = dispatching(server);
    const answered = Promise.withResolvers<readonly string[]>();
    agent.take = () => answered.promise;
    hello(node);
    happens((history) => history.run([node]));
    await agent.untilRuns(1);
    happens((history) => history.errored(1, node));
    agent.take = (runIds) => runIds;
    answered.resolve([FIRST]);
    await agent.untilStops(1);
    expect(agent.stops).toEqual([FIRST]);
  });

  it('whose end comes before the answer that it was taken is not stopped', async () => {
    const agent = await agentOf(node);
    const { happens, hello } = dispatching(server);
    hello(node);
    const answer = Promise.withResolvers<readonly string[]>();
    agent.take = () => answer.promise;
    happens((history) => history.run([node]));
    await agent.untilRuns(1);
    happens((history) => history.ended(1, node));
    agent.take = (runIds) => runIds;
    answer.resolve([FIRST]);
    happens((history) => history.run([node]));
    await agent.untilRuns(2);
    expect(agent.stops).toEqual([]);
  });

  it('that ends while its message is made is not sent', async () => {
    const agent = await agentOf(node);
    const made = Promise.withResolvers<void>();
    const making: string[] = [];
    const { happens, hello } = dispatching(server, {
      message: async (run) => {
        making.push(run.id);
        await made.promise;
        return messageOf(run);
      },
    });
    hello(node);
    happens((history) => history.run([node]));
    expect(making).toEqual([FIRST]);
    happens((history) => history.when({ type: 'stop-job', id: 1, force: false }));
    happens((history) => history.run([node]));
    made.resolve();
    await agent.untilRuns(1);
    expect(agent.runs).toEqual([SECOND]);
  });

  it('that was taken, is wanted again and ends here is stopped', async () => {
    const agent = await agentOf(node);
    const { happens, hello } = dispatching(server);
    hello(node);
    happens((history) => history.run([node]));
    await agent.untilRuns(1);
    agent.take = () => new Promise(() => undefined);
    happens((history) => history.run([node]));
    await agent.untilRuns(2);
    hello(node, { holding: [FIRST, SECOND], wanted: [FIRST] });
    happens((history) => history.errored(1, node));
    hello(node, { holding: [SECOND] });
    agent.take = (runIds) => runIds;
    await until(() => {
      hello(node, { holding: [SECOND] });
      return agent.stops.length > 0;
    });
    expect(agent.stops).toEqual([FIRST]);
  });

  it('of a job that is stopped by force is stopped, also by whoever takes over', async () => {
    const agent = await agentOf(node);
    const first = dispatching(server);
    first.hello(node);
    first.happens((history) => history.run([node]));
    await agent.untilRuns(1);
    first.happens((history) => history.started(1, node));
    first.happens((history) => history.when({ type: 'stop-job', id: 1, force: true }));
    await agent.untilStops(1);
    const heir = dispatching(server);
    heir.dispatcher.reset(first.history.state);
    heir.hello(node, { holding: [FIRST] });
    await agent.untilStops(2);
    expect(agent.stops).toEqual([FIRST, FIRST]);
  });

  it('that is held though nobody waits for it is stopped', async () => {
    const agent = await agentOf(node);
    const { hello } = dispatching(server);
    hello(node, { holding: [FIRST] });
    await agent.untilStops(1);
    expect(agent.stops).toEqual([FIRST]);
  });
});

describe('the window', () => {
  it('of a node holds a thousand runs that have not ended; each end lets the next one through', async () => {
    const agent = await agentOf(node);
    const { happens, hello } = dispatching(server);
    happens((history) => {
      for (let count = 0; count < 1003; count++) history.run([node]);
    });
    hello(node);
    await agent.untilRuns(1000);
    hello(node, { holding: agent.runs });
    happens((history) => {
      history.started(1, node);
      history.ended(1, node);
      history.errored(2, node);
    });
    await agent.untilRuns(1002);
    expect(agent.runs).toEqual(Array.from({ length: 1002 }, (_, index) => ids.of(index + 1, 0)));
    expect(agent.stops).toEqual([SECOND]);
    hello(node, { holding: agent.runs.slice(2), wanted: [ids.of(3, 0)] });
    await agent.untilRuns(1003);
    expect(agent.runs.at(-1)).toBe(ids.of(3, 0));
  });

  it('over all lets a thousand nodes be sent something at the same time, and the others in their turn', async () => {
    const channel = new HeldChannel();
    const { happens, hello } = dispatching(server, { channel });
    const names = Array.from({ length: 1001 }, (_, index) => `window${index}`);
    happens((history) => history.run(names));
    for (const name of names) hello(name);
    await until(() => channel.asked.length >= 1000);
    hello(names[1000]!);
    expect(channel.asked).toEqual(names.slice(0, 1000));
    channel.answerFirst();
    await until(() => channel.asked.length > 1000);
    expect(channel.asked[1000]).toBe(names[1000]);
  });
});

describe('a wide job', () => {
  const names = Array.from({ length: 500 }, (_, index) => `wide${index}`);
  const last = names.at(-1)!;

  it('is taken in a part at a time, in the order of its nodes', async () => {
    const soon = inTurns();
    const { happens, dispatcher } = dispatching(server, { soon });
    const isIn = (index: number) => dispatcher.runOf(names[index]!, ids.of(1, index)) !== undefined;
    happens((history) => history.run(names));
    expect([0, 199, 200, 499].map(isIn)).toEqual([true, true, false, false]);
    await new Promise<void>(soon);
    expect([200, 499].map(isIn)).toEqual([true, true]);
  });

  it('runs on no node that has ended before its part came', async () => {
    const soon = inTurns();
    const { happens, dispatcher } = dispatching(server, { soon });
    happens((history) => history.run(names));
    happens((history) => history.errored(1, last));
    await new Promise<void>(soon);
    expect(dispatcher.runOf(names[498]!, ids.of(1, 498))).toBeDefined();
    expect(dispatcher.runOf(last, ids.of(1, 499))).toBeUndefined();
  });

  it('is whole at once for whoever takes over, and is not added to any more by the reign before', async () => {
    const soon = inTurns();
    const { happens, history, dispatcher } = dispatching(server, { soon });
    happens((past) => past.run(names));
    dispatcher.reset(history.state);
    expect(dispatcher.runOf(last, ids.of(1, 499))).toBeDefined();
    happens((past) => past.errored(1, last));
    await new Promise<void>(soon);
    expect(dispatcher.runOf(last, ids.of(1, 499))).toBeUndefined();
  });
});

describe('a new reign', () => {
  it('stops no run that the one before had on its way', async () => {
    const agent = await agentOf(node);
    const { happens, hello, dispatcher, history } = dispatching(server);
    const answered = Promise.withResolvers<readonly string[]>();
    agent.take = () => answered.promise;
    hello(node);
    happens((past) => past.run([node]));
    await agent.untilRuns(1);
    dispatcher.suspend();
    dispatcher.reset(history.state);
    agent.take = (runIds) => runIds;
    answered.resolve([FIRST]);
    await agent.untilRuns(2);
    happens((past) => past.run([node]));
    await agent.untilRuns(3);
    expect(agent.runs).toEqual([FIRST, FIRST, SECOND]);
    expect(agent.stops).toEqual([]);
  });
});

describe('a run that cannot be sent', () => {
  it('now is tried again, and holds up no other', async () => {
    const agent = await agentOf(node);
    let isThere = false;
    const { happens, hello, givenUp } = dispatching(server, {
      message: (run) =>
        run.id === FIRST && !isThere ? Promise.reject(new Error('no answer')) : Promise.resolve(messageOf(run)),
    });
    happens((history) => {
      history.run([node]);
      history.run([node]);
    });
    hello(node);
    await agent.untilRuns(1);
    expect(agent.runs).toEqual([SECOND]);
    isThere = true;
    await until(() => {
      hello(node, { holding: agent.runs });
      return agent.runs.length === 2;
    });
    expect(agent.runs).toEqual([SECOND, FIRST]);
    expect(givenUp).toEqual([]);
  });

  it('at all is given up, and that is reported again where it could not be', async () => {
    const agent = await agentOf(node);
    const told: string[] = [];
    const { happens, hello } = dispatching(server, {
      message: () => Promise.reject(new CannotSend('there is no such task')),
      onErrored: (_, kind, msg) => {
        told.push(`${kind}: ${msg}`);
        return told.length === 1 ? Promise.reject(new Error('the log gives no answer')) : Promise.resolve();
      },
    });
    happens((history) => history.run([node]));
    await until(() => {
      hello(node);
      return told.length === 2;
    });
    expect(told[0]).toBe('puppetlabs.orchestrator/execution-failure: there is no such task');
    expect(agent.runs).toEqual([]);
  });
});

describe('an agent', () => {
  it('is asked to say hello less often the more there are, as far as they are not forgotten', () => {
    const { history, dispatcher, hello, sweepAfter } = dispatching(server, { graceMs: 10_000 });
    const names = Array.from({ length: 6000 }, (_, index) => `${node}-${index}`);
    history.run([...names.slice(0, 4000), ...names.map((name) => `silent-${name}`)], { waitS: 600 });
    dispatcher.reset(history.state);
    expect(names.map((name) => hello(name)).at(-1)).toBe(3000);
    expect(hello(names[0]!)).toBe(3000);
    sweepAfter(61_000);
    // Those that have runs are not forgotten.
    expect(hello(names[0]!)).toBe(2000);
  });
});

describe('the run of a node that is not seen', () => {
  it('is given up after the grace, not before', () => {
    const { happens, hello, sweepAfter, givenUp } = dispatching(server);
    hello(node);
    happens((history) => history.run([node]));
    sweepAfter(GRACE_MS - 100);
    expect(givenUp).toEqual([]);
    sweepAfter(GRACE_MS + 1000);
    expect(givenUp).toEqual([
      {
        runId: FIRST,
        kind: 'puppetlabs.orchestrator/execution-failure',
        msg: `${node} is not connected (not seen for 2 s)`,
      },
    ]);
  });

  it('that its agent has begun is given up after six times the grace, also where the answer to it was lost', async () => {
    const agent = await agentOf(node);
    const { happens, hello, sweepAfter, givenUp } = dispatching(server);
    agent.take = () => new Promise(() => undefined);
    hello(node);
    happens((history) => history.run([node]));
    await agent.untilRuns(1);
    happens((history) => history.started(1, node));
    sweepAfter(5 * GRACE_MS);
    expect(givenUp).toEqual([]);
    sweepAfter(6 * GRACE_MS + 100);
    expect(givenUp).toMatchObject([{ runId: FIRST, kind: 'daybook/agent-silent' }]);
  });

  it('is reported with at most a thousand others at the same time, and later with the rest', async () => {
    const stored = Promise.withResolvers<void>();
    const told: string[] = [];
    const { happens, sweepAfter } = dispatching(server, {
      onErrored: (run) => {
        told.push(run.node);
        return stored.promise;
      },
    });
    const names = Array.from({ length: 1500 }, (_, index) => `silent${index}`);
    happens((history) => history.run(names));
    await until(() => {
      sweepAfter(2 * GRACE_MS);
      return told.length >= 1000;
    });
    sweepAfter(2 * GRACE_MS);
    expect(told).toHaveLength(1000);
    stored.resolve();
    await until(() => {
      sweepAfter(2 * GRACE_MS);
      return told.length > 1000;
    });
    expect(told).toEqual(names);
  });

  it('is reported once', () => {
    const { happens, sweepAfter, givenUp } = dispatching(server);
    happens((history) => history.run([node]));
    sweepAfter(2 * GRACE_MS);
    sweepAfter(3 * GRACE_MS);
    expect(givenUp).toHaveLength(1);
  });

  it('is given up as forgotten where the agent is back without it', () => {
    const { happens, hello, history, dispatcher, givenUp } = dispatching(server);
    happens((past) => {
      past.run([node]);
      past.started(1, node);
    });
    dispatcher.reset(history.state);
    hello(node);
    expect(givenUp).toMatchObject([{ runId: FIRST, kind: 'daybook/agent-lost-memory' }]);
  });

  it('is not given up while the dispatcher itself has no connection, nor before its grace begins anew', async () => {
    const { channel, happens, sweepAfter, givenUp } = dispatching(server);
    happens((history) => history.run([node]));
    broker.signal('SIGKILL');
    await until(() => channel.connectedSinceMs === null);
    sweepAfter(100 * GRACE_MS);
    expect(givenUp).toEqual([]);
    await until(() => channel.connectedSinceMs !== null);
    sweepAfter(0);
    expect(givenUp).toEqual([]);
    sweepAfter(GRACE_MS);
    expect(givenUp).toHaveLength(1);
    // The agents of the next tests have lost their connection too.
    await until(() =>
      agents.flush().then(
        () => true,
        () => false,
      ),
    );
  });
});

describe('nodes without an agent', () => {
  const target = (hostname: string) => ({
    hostnames: [hostname],
    transport: 'ssh' as const,
    user: 'ann',
  });
  const targetsOf = (...hostnames: string[]) => ({ targets: hostnames.map(target) });

  it("have their runs with the server's own agent, several of a job, each with its own end", async () => {
    const [own, other] = [await agentOf('localhost'), await agentOf(node)];
    const { happens, hello, dispatcher } = dispatching(server);
    hello('localhost');
    hello(node);
    happens((history) => history.run(['a', node, 'b', 'localhost'], targetsOf('a', 'b')));
    await Promise.all([own.untilRuns(3), other.untilRuns(1)]);
    const [a, , b, local] = [0, 1, 2, 3].map((index) => ids.of(1, index)) as [string, string, string, string];
    expect(own.runs).toEqual([a, b, local]);
    expect(dispatcher.runOf('localhost', b)).toMatchObject({ node: 'b', job: 1 });
    expect(dispatcher.runOf(node, b)).toBeUndefined();
    happens((history) => history.ended(1, 'a'));
    expect(dispatcher.runOf('localhost', a)).toBeUndefined();
    happens((history) => history.started(1, 'b'));
    happens((history) => history.when({ type: 'stop-job', id: 1, force: true }));
    await own.untilStops(1);
    expect(own.stops).toContain(b);
    expect(own.stops).not.toContain(a);
  });

  it('are given up, with the reason, where that agent is not seen', () => {
    const { happens, sweepAfter, givenUp } = dispatching(server);
    happens((history) => history.run(['a'], targetsOf('a')));
    sweepAfter(GRACE_MS + 1000);
    expect(givenUp).toMatchObject([
      { runId: FIRST, msg: 'the agent localhost, which reaches a, is not connected (not seen for 2 s)' },
    ]);
  });
});
