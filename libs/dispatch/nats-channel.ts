import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { headers } from '@nats-io/transport-node';
import {
  agentSubjects,
  dispatchSubjects,
  isForSender,
  isReport,
  nodeOf,
  readHello,
  REIGN_HEADER,
} from '#agent-protocol';
import type {
  Accepted,
  ChunkStored,
  Confirmed,
  FactsTaken,
  FetchChunk,
  Hello,
  Report,
  StoreChunk,
  Welcome,
} from '#agent-protocol';
import type { Logger } from '#platform';
import { connectedSince } from './connected-since.js';
import type { AgentChannel } from './dispatcher.js';
import type { InTurns } from './in-turns.js';
import type { Chunk } from './served-files.js';

const REQUEST_TIMEOUT_MS = 3000;

/** What agents may ask of the dispatcher; `node` is the one whose credentials asked. */
export interface AgentRequests {
  hello(hello: Hello): Welcome;
  /** Resolves with the ids of the reports that need not be sent again. */
  reports(node: string, reports: readonly Report[]): Promise<Confirmed>;
  /** Resolves once the facts of a message are in the log, or it is known that they never will be. */
  facts(node: string, message: unknown): Promise<FactsTaken>;
  fetch(node: string, chunk: FetchChunk): Promise<Chunk | null>;
  store(node: string, chunk: StoreChunk, bytes: Uint8Array): Promise<ChunkStored>;
}

/**
 * Opens the way to the agents; `reign` names the one that asks, as `REIGN_HEADER` has it.
 * @param soon as for `serveAgents`: what an agent says that it holds is compared with what it has taken, so its answers
 *   must not overtake it
 */
export function openAgentChannel(nc: NatsConnection, reign: () => string, soon: InTurns): AgentChannel {
  const sinceMs = connectedSince(nc);

  const request = async (subject: string, body: unknown) => {
    const about = headers();
    about.set(REIGN_HEADER, reign());
    const reply = await nc.request(subject, JSON.stringify(body), { timeout: REQUEST_TIMEOUT_MS, headers: about });
    await new Promise<void>(soon);
    return reply.json<Accepted>();
  };
  return {
    sendRuns: (node, runs) => request(agentSubjects(node).runs, runs),
    sendStops: (node, stops) => request(agentSubjects(node).stops, stops),
    get connectedSinceMs() {
      return sinceMs();
    },
  };
}

/**
 * Answers agents until the function that it gives is called. A request that cannot be answered is logged, and sent
 * again by its agent.
 */
export function serveAgents(nc: NatsConnection, requests: AgentRequests, soon: InTurns, logger: Logger): () => void {
  const subjects = dispatchSubjects('*');
  const subscriptions: Subscription[] = [];
  const serve = (subject: string, answer: (message: Msg, node: string) => Promise<void> | void) => {
    const subscription = nc.subscribe(subject, {
      callback: (error, message) => {
        if (error) return;
        const node = nodeOf(message.subject);
        // We may publish anywhere; an agent must not choose where.
        if (!isForSender(message.subject, message.reply)) {
          logger.warn({ node, reply: message.reply }, 'an agent asked for an answer to another place than its inbox');
          return;
        }
        soon(() => {
          Promise.try(() => answer(message, node)).catch((reason: unknown) =>
            logger.warn({ err: reason, subject: message.subject }, 'a request of an agent failed'),
          );
        });
      },
    });
    subscriptions.push(subscription);
  };
  const respond = (message: Msg, body: Welcome | Confirmed | FactsTaken | ChunkStored) =>
    message.respond(JSON.stringify(body));

  serve(subjects.hello, (message, node) => {
    const hello = readHello(message.string());
    if (hello) respond(message, requests.hello({ ...hello, node }));
    else logger.warn({ node }, 'an agent sent a hello that is none');
  });
  serve(subjects.reports, async (message, node) => {
    const reports = message.json<unknown[]>();
    const invalid = reports.filter((report) => !isReport(report));
    if (invalid.length > 0) logger.warn({ node, invalid: invalid.length }, 'an agent sent reports that are none');
    const { confirmed } = await requests.reports(
      node,
      reports.filter((report) => isReport(report)),
    );
    const rejected = invalid.map((report) => String((report as { reportId?: unknown } | null)?.reportId));
    respond(message, { confirmed: [...confirmed, ...rejected] });
  });
  serve(subjects.facts, async (message, node) => {
    const taken = await requests.facts(node, message.json());
    if (taken.refused !== null) logger.warn({ node, refused: taken.refused }, 'the facts of a node are not taken');
    respond(message, taken);
  });
  serve(subjects.fetch, async (message, node) => {
    const chunk = await requests.fetch(node, message.json<FetchChunk>());
    const replyHeaders = headers();
    if (chunk) replyHeaders.set('Daybook-Size', String(chunk.size));
    else replyHeaders.set('Daybook-Missing', 'true');
    message.respond(chunk?.bytes, { headers: replyHeaders });
  });
  serve(subjects.store, async (message, node) => {
    const value = (name: string) => message.headers?.get(name) ?? '';
    const chunk = {
      sha256: value('Daybook-Sha256'),
      offset: Number(value('Daybook-Offset')),
      size: Number(value('Daybook-Size')),
    };
    respond(message, await requests.store(node, chunk, message.data));
  });

  return () => subscriptions.forEach((subscription) => subscription.unsubscribe());
}
