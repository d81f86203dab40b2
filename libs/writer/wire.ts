import { Refusal } from '#domain';
import type { Command, CommandMeta, RefusalReason, UserCommand } from '#domain';
import { CommandFailed, NotAccepted, OutcomeUnknown } from './gateway.js';
import type { Receipt } from './gateway.js';

/** A command on its way to a writer in another thread. */
export interface CommandMessage<C extends Command = UserCommand> {
  readonly id: number;
  readonly command: C;
  readonly meta: CommandMeta;
}

/** What became of it. */
export interface OutcomeMessage {
  readonly id: number;
  readonly outcome: { readonly receipt: Receipt } | { readonly failure: Failure };
}

/** An error of `CommandGateway.execute` as plain data. */
export type Failure =
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'not-accepted'; readonly cause: NotAccepted['cause']; readonly retryAfterS: number }
  | { readonly kind: 'unknown'; readonly commandId: string }
  | { readonly kind: 'failed'; readonly message: string };

export function toFailure(error: unknown): Failure {
  if (error instanceof Refusal) return { kind: 'refused', reason: error.reason };
  if (error instanceof NotAccepted) {
    return { kind: 'not-accepted', cause: error.cause, retryAfterS: error.retryAfterS };
  }
  if (error instanceof OutcomeUnknown) return { kind: 'unknown', commandId: error.commandId };
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

export function fromFailure(failure: Failure): Error {
  switch (failure.kind) {
    case 'refused':
      return new Refusal(failure.reason);
    case 'not-accepted':
      return new NotAccepted(failure.cause, failure.retryAfterS);
    case 'unknown':
      return new OutcomeUnknown(failure.commandId);
    case 'failed':
      return new CommandFailed(failure.message);
  }
}
