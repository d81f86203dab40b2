import { setTimeout as delay } from 'node:timers/promises';
import type { Msg } from '@nats-io/transport-node';
import { agentInbox, agentSubjects, dispatchSubjects, HELLO_MS, helloPauseMs } from '#agent-protocol';
import type { Accepted, Confirmed, Hello, Report, RunMessage, StopMessage, Welcome } from '#agent-protocol';
import { connectTo } from '#broker';
import type { BrokerAddress } from '#broker';
import type { JsonObject } from '#domain';

const TIMEOUT_MS = 10_000;

/**
 * An agent that keeps nothing on disk and starts nothing: every run has ended, with the same result, when it comes.
 * Resolves once it has been welcomed; `failed` rejects where it is not any more.
 */
export async function startSimulatedAgent(
  broker: BrokerAddress,
  node: string,
  result: JsonObject,
): Promise<{ readonly failed: Promise<never> }> {
  const nc = await connectTo({ ...broker, inboxPrefix: agentInbox(node) }, 'bench-receiver');
  const subjects = dispatchSubjects(node);
  const holding = new Set<string>();
  const ask = (subject: string, body: unknown) => nc.request(subject, JSON.stringify(body), { timeout: TIMEOUT_MS });

  const accept = (message: Msg, runs: readonly { readonly runId: string }[]) =>
    message.respond(JSON.stringify({ accepted: runs.map(({ runId }) => runId) } satisfies Accepted));

  async function take(message: Msg): Promise<void> {
    const runs = message.json<RunMessage[]>();
    for (const { runId } of runs) holding.add(runId);
    accept(message, runs);
    const reports = runs.flatMap((run) => reportsOf(run, result));
    const { confirmed } = (await ask(subjects.reports, reports)).json<Confirmed>();
    if (confirmed.length !== reports.length) throw new Error('a report was not confirmed');
    for (const { runId } of runs) holding.delete(runId);
  }

  const { runs, stops } = agentSubjects(node);
  nc.subscribe(runs, { callback: (_, message) => void take(message) });
  // Nothing runs that could be stopped.
  nc.subscribe(stops, { callback: (_, message) => void accept(message, message.json<StopMessage[]>()) });
  async function sayHello(againMs: number): Promise<Welcome> {
    const hello: Hello = {
      node,
      instance: 'bench',
      version: '1',
      wanted: [],
      holding: [...holding],
      factsDigest: null,
      environment: null,
      againMs,
    };
    return (await ask(subjects.hello, hello)).json<Welcome>();
  }
  async function goOn(welcomed: Welcome): Promise<never> {
    let againMs = HELLO_MS;
    let welcome = welcomed;
    for (;;) {
      await delay(helloPauseMs(againMs));
      againMs = welcome.againMs ?? HELLO_MS;
      welcome = await sayHello(againMs);
    }
  }

  return { failed: goOn(await sayHello(HELLO_MS)) };
}

function reportsOf({ runId }: RunMessage, result: JsonObject): Report[] {
  const at = new Date().toISOString();
  const common = { runId, attempt: 1, startedAt: at };
  return [
    { ...common, kind: 'started', reportId: `${runId}/started` },
    { ...common, kind: 'finished', reportId: `${runId}/ended`, finishedAt: at, result, large: null },
  ];
}
