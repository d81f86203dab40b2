import type { NatsConnection } from '@nats-io/transport-node';
import { JOIN_INBOX, JOIN_SUBJECT, NODE_NAME } from '#agent-protocol';
import type { JoinAnswer, JoinRequest } from '#agent-protocol';
import { isUserKey } from '#broker';
import { Refusal } from '#domain';
import type { Logger } from '#platform';

/**
 * Lets agents on this machine join: only who can read the data directory can ask. One that gets no answer asks again.
 * @returns stops it
 */
export function serveJoins(
  nc: NatsConnection,
  join: (request: JoinRequest) => Promise<void>,
  logger: Logger,
): () => void {
  async function answer({ node, publicKey }: JoinRequest): Promise<JoinAnswer> {
    if (!NODE_NAME.test(node) || !isUserKey(publicKey)) return { refused: 'name or key is none' };
    try {
      await join({ node, publicKey });
      return { refused: null };
    } catch (error) {
      if (error instanceof Refusal) return { refused: error.message };
      throw error;
    }
  }
  const subscription = nc.subscribe(JOIN_SUBJECT, {
    callback: (error, message) => {
      // We may publish anywhere; who asks must not choose where.
      if (error || message.reply?.startsWith(`${JOIN_INBOX}.`) !== true) return;
      Promise.resolve()
        .then(() => answer(message.json<JoinRequest>()))
        .then((answered) => message.respond(JSON.stringify(answered)))
        .catch((reason: unknown) => logger.warn({ err: reason }, 'an agent of this machine could not join'));
    },
  });
  return () => subscription.unsubscribe();
}
