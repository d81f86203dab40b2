import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Msg, NatsConnection } from '@nats-io/transport-node';

import { agentSubjects, REIGN_HEADER, YoungestReign } from '#agent-protocol';
import type { Accepted, Report, RunMessage, StopMessage } from '#agent-protocol';
import type { Logger } from '#platform';

import { openClosedRuns } from './closed-runs.js';
import { openDispatch } from './dispatch.js';
import { readOrMoveAside, writeDurably } from './durable-file.js';
import { openFileCache } from './file-cache.js';
import { sayHello } from './hello.js';
import { followFacts } from './facts/follow-facts.js';
import { STOPPED_BEFORE_START } from './not-runnable.js';
import { openOutbox } from './outbox.js';
import { endedReportId, openRun } from './run.js';
import type { Run, RunContext } from './run.js';
import { RunFolder } from './run-folder.js';
import { secretsOf } from './secrets.js';
import type { Secrets } from './secrets.js';
import { openTurns } from './turns.js';

/** Tasks that run at the same time; further runs wait on disk in the order in which they came. */
const TASKS_AT_ONCE = 50;

export interface AgentOptions {
  readonly node: string;
  /** The agent's own folder; nobody else may use it meanwhile. */
  readonly folder: string;
  readonly nats: NatsConnection;
  /** What runs Puppet: a program and its arguments. */
  readonly puppet: readonly string[];
  readonly logger: Logger;
}

/**
 * Takes runs and stops for a node and reports what became of them, beginning with those that an earlier agent left in
 * the folder. It needs no orderly end: what it has taken on is on disk.
 */
export async function startAgent({ node, folder, nats, puppet, logger }: AgentOptions): Promise<void> {
  const [runsFolder, outboxFolder, filesFolder] = ['runs', 'outbox', 'files'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [runsFolder, outboxFolder, filesFolder]) await mkdir(each, { recursive: true, mode: 0o700 });
  const onError = (error: unknown) => logger.error({ err: error }, 'unexpected');
  const dispatch = openDispatch(nats, node);
  const closed = await openClosedRuns(join(folder, 'closed-runs.jsonl'), logger);
  const runs = new Map<string, Promise<{ readonly folder: RunFolder; readonly run: Run }>>();
  const open = new Map<string, Run>();
  let maxMessageBytes = 256 * 1024;
  const youngest = new YoungestReign();
  const takeTurn = openTurns(TASKS_AT_ONCE);

  async function onConfirmed(report: Report): Promise<void> {
    if (report.kind === 'started') return;
    await closed.add(report.runId, 'ended');
    await (await runs.get(report.runId))?.folder.remove();
    runs.delete(report.runId);
    open.delete(report.runId);
  }

  const outbox = await openOutbox({
    folder: outboxFolder,
    dispatch,
    maxBytes: () => maxMessageBytes,
    onConfirmed,
    onError,
    logger,
  });
  const context: RunContext = {
    dispatch,
    files: openFileCache(filesFolder, dispatch),
    outbox,
    env: process.env,
    knownHosts: join(folder, 'known_hosts'),
    puppet,
    onError,
  };

  async function begin(runFolder: Promise<RunFolder>, secrets: Secrets | null) {
    const turn = takeTurn();
    const created = await runFolder.catch((error: unknown) => {
      turn.end();
      throw error;
    });
    const run = openRun(created, context, secrets, turn);
    open.set(created.message.runId, run);
    return { folder: created, run };
  }

  async function reportStoppedBefore(runId: string): Promise<void> {
    await outbox.put({
      reportId: endedReportId(runId),
      runId,
      kind: 'errored',
      attempt: 1,
      startedAt: null,
      error: STOPPED_BEFORE_START,
    });
  }

  async function accept(message: RunMessage): Promise<void> {
    const { runId } = message;
    const known = runs.get(runId);
    if (known !== undefined) return (await known).run.supply(secretsOf(message));
    const why = closed.why(runId);
    if (why === 'stopped') return reportStoppedBefore(runId);
    if (why === 'ended') return;
    const begun = begin(RunFolder.create(runsFolder, message, logger), secretsOf(message));
    runs.set(runId, begun);
    begun.catch(() => runs.delete(runId));
    await begun;
    logger.info({ runId, task: message.kind === 'task' ? message.task : null }, `${message.kind} taken`);
  }

  async function stop({ runId }: StopMessage): Promise<void> {
    const known = runs.get(runId);
    if (known !== undefined) return (await known).run.stop();
    if (closed.why(runId) !== null) return;
    await closed.add(runId, 'stopped');
    await reportStoppedBefore(runId);
  }

  /** Answers with the ids of what could be written down; the rest comes again. */
  function serve<T extends { readonly runId: string }>(subject: string, handle: (message: T) => Promise<void>): void {
    const answer = async (request: Msg) => {
      const isObeyed = youngest.admits(request.headers?.get(REIGN_HEADER) ?? '');
      const messages = isObeyed ? request.json<T[]>() : [];
      const taken = messages.map(async (message) => {
        try {
          await handle(message);
          return [message.runId];
        } catch (error) {
          logger.error({ err: error, runId: message.runId }, 'could not be taken');
          return [];
        }
      });
      request.respond(JSON.stringify({ accepted: (await Promise.all(taken)).flat() } satisfies Accepted));
    };
    nats.subscribe(subject, {
      callback: (error, request) => {
        if (error) onError(error);
        else answer(request).catch(onError);
      },
    });
  }

  const instance = await openInstance(join(folder, 'instance'), logger);
  for (const left of await RunFolder.openAll(runsFolder, logger)) {
    // A run whose end was confirmed just before the agent was killed.
    if (closed.why(left.message.runId) === 'ended') await left.remove();
    else runs.set(left.message.runId, begin(Promise.resolve(left), null));
  }
  const facts = followFacts({ dispatch, env: process.env, logger });
  outbox.start();
  const subjects = agentSubjects(node);
  serve<RunMessage>(subjects.runs, accept);
  serve<StopMessage>(subjects.stops, stop);
  sayHello({
    nats,
    dispatch,
    logger,
    hello: () => ({
      node,
      instance,
      version: AGENT_VERSION,
      wanted: [...open].flatMap(([runId, run]) => (run.isWaiting ? [runId] : [])),
      holding: [...new Set([...runs.keys(), ...outbox.runs()])],
      ...facts.known(),
    }),
    onWelcome(welcome) {
      maxMessageBytes = welcome.maxMessageBytes;
      youngest.admits(welcome.reign);
      if (welcome.wantsFacts) facts.send();
    },
  });
}

/** Level of the agent's side of the protocol. */
const AGENT_VERSION = '1';

/** A random id made with the folder: another one tells that the folder was lost. */
async function openInstance(path: string, logger: Logger): Promise<string> {
  const kept = await readOrMoveAside(path, (text) => text, logger);
  if (kept !== null) return kept;
  const made = randomUUID();
  await writeDurably(path, made);
  return made;
}
