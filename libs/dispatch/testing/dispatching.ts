import type { NatsConnection } from '@nats-io/transport-node';
import { agentSubjects } from '#agent-protocol';
import type { Hello, RunMessage, StopMessage } from '#agent-protocol';
import type { RecordedEvent } from '#domain';
import { createLogger } from '#platform';
import { History } from '../../domain/testing/given.js';
import { until } from '../../platform/testing/until.js';
import { Dispatcher } from '../dispatcher.js';
import type { DispatcherOptions } from '../dispatcher.js';
import { inTurns } from '../in-turns.js';
import { openAgentChannel } from '../nats-channel.js';
import type { Run } from '../run.js';
import { runIds } from '../run.js';

export const GRACE_MS = 1000;

export const ids = runIds('0a1b2c3d-0000-4000-8000-000000000000');

/** A run as an agent gets it, without anything that the dispatcher does not look at. */
export const messageOf = ({ id, job }: Run): RunMessage => ({
  kind: 'task',
  runId: id,
  job,
  task: 'echo',
  noop: false,
  params: { value: {} },
  secrets: {},
  target: null,
  targetSecrets: null,
  runAs: null,
  inputMethod: 'stdin',
  executable: 'echo/tasks/init.sh',
  files: [],
  timeoutS: null,
  rerun: true,
});

/** A dispatcher that follows a history over a real connection, and what it gave up. */
export function dispatching(nc: NatsConnection, options: Partial<DispatcherOptions> = {}) {
  const history = new History();
  const givenUp: { readonly runId: string; readonly kind: string; readonly msg: string }[] = [];
  const soon = inTurns();
  const channel = openAgentChannel(nc, () => 'log/1', soon);
  const dispatcher = new Dispatcher({
    ids,
    channel,
    soon,
    message: (run) => Promise.resolve(messageOf(run)),
    onErrored(run, kind, msg) {
      givenUp.push({ runId: run.id, kind, msg });
      return Promise.resolve();
    },
    graceMs: GRACE_MS,
    logger: createLogger('test', 'silent'),
    ...options,
  });
  dispatcher.reset(history.state);
  const follow = () => {
    const from = history.events.length;
    return () => dispatcher.apply(history.events.slice(from) as RecordedEvent[], history.state);
  };
  return {
    history,
    dispatcher,
    channel,
    givenUp,
    /** Lets something happen in the history, and tells the dispatcher. */
    happens: (act: (history: History) => unknown) => {
      const tell = follow();
      act(history);
      tell();
    },
    hello: (node: string, { holding = [], wanted = [] }: Partial<Pick<Hello, 'holding' | 'wanted'>> = {}) =>
      dispatcher.hello({ node, instance: 'i', version: '1', holding, wanted, factsDigest: null, environment: null }),
    /** As if nothing had been heard for some time. */
    sweepAfter: (ms: number) => dispatcher.sweep(performance.now() + ms),
  };
}

/** An agent's end of the connection, which notes what comes and takes what it is told to take. */
export function listen(nc: NatsConnection, node: string) {
  const runs: string[] = [];
  const stops: string[] = [];
  const agent = {
    runs,
    stops,
    /** What it answers to a list of run ids; a promise that never resolves: nothing. */
    take: (runIds_: readonly string[]): readonly string[] | Promise<readonly string[]> => runIds_,
    untilRuns: (count: number) => until(() => runs.length >= count),
    untilStops: (count: number) => until(() => stops.length >= count),
  };
  const serve = (subject: string, noted: string[]) =>
    nc.subscribe(subject, {
      callback: (error, request) => {
        if (error) throw error;
        const asked = request.json<readonly (RunMessage | StopMessage)[]>().map(({ runId }) => runId);
        noted.push(...asked);
        void Promise.resolve(agent.take(asked)).then((accepted) => request.respond(JSON.stringify({ accepted })));
      },
    });
  serve(agentSubjects(node).runs, runs);
  serve(agentSubjects(node).stops, stops);
  return agent;
}
