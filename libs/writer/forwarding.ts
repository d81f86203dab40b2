import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { Refusal } from '#domain';
import type { CommandGateway, Receipt } from './gateway.js';
import { fromFailure, toFailure } from './wire.js';
import type { CommandMessage, OutcomeMessage } from './wire.js';

/** A command that hears nothing for so long is sent again, under the same id, to whoever is the writer then. */
const REPLY_TIMEOUT_MS = 1500;

/** Where the writer of a reign takes commands; another reign has another subject, so an old one is never asked. */
const commandSubject = (reign: number) => `daybook.command.0.${reign}`;

type Command = Pick<CommandMessage, 'command' | 'meta'>;

/** Answers commands of other processes for as long as a reign lasts; gives what ends it. */
export function serveCommands(nc: NatsConnection, reign: number, execute: CommandGateway['execute']): () => void {
  const answer = async (message: Msg): Promise<void> => {
    const { command, meta } = message.json<Command>();
    const outcome: OutcomeMessage['outcome'] = await execute(command, meta).then(
      (receipt) => ({ receipt }),
      (error: unknown) => ({ failure: toFailure(error) }),
    );
    message.respond(JSON.stringify(outcome));
  };
  const subscription = nc.subscribe(commandSubject(reign), {
    callback: (error, message) => {
      // Whoever asked hears nothing and asks again.
      if (!error) answer(message).catch(() => undefined);
    },
  });
  return () => subscription.unsubscribe();
}

/** Hands a command to the writer of a reign. @throws as `CommandGateway.execute`, or what the broker says */
export async function forwardCommand(nc: NatsConnection, reign: number, command: Command): Promise<Receipt> {
  const message = Buffer.from(JSON.stringify(command));
  // Not known while there is no connection, and then nothing is sent.
  const limit = nc.info?.max_payload ?? Infinity;
  if (message.length > limit) throw new Refusal({ code: 'command-too-large', bytes: message.length, limit });
  const reply = await nc.request(commandSubject(reign), message, { timeout: REPLY_TIMEOUT_MS });
  const outcome = reply.json<OutcomeMessage['outcome']>();
  if ('failure' in outcome) throw fromFailure(outcome.failure);
  return outcome.receipt;
}
