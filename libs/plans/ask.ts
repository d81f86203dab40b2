import { setTimeout as delay } from 'node:timers/promises';
import type { CommandMeta, UserCommand } from '#domain';
import { NotAccepted, OutcomeUnknown } from '#writer';
import type { CommandGateway, Receipt } from '#writer';

const AGAIN_MS = 200;

/**
 * Has a command decided, however often it must be sent for that.
 * @throws Refusal, CommandFailed as the gateway does; the signal's reason when it aborts before
 */
export async function ask(
  gateway: Pick<CommandGateway, 'execute'>,
  command: UserCommand,
  commandId: string,
  signal: AbortSignal,
): Promise<Receipt> {
  const meta: CommandMeta = { commandId, actor: 'daybook', correlationId: commandId.split('/', 2).join('/') };
  for (;;) {
    signal.throwIfAborted();
    try {
      return await gateway.execute(command, meta);
    } catch (error) {
      if (!(error instanceof NotAccepted || error instanceof OutcomeUnknown)) throw error;
    }
    await delay(AGAIN_MS, undefined, { signal });
  }
}
