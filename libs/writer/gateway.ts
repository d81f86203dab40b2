import type { Answer, CommandMeta, UserCommand } from '#domain';

export interface Receipt {
  readonly answer: Answer;
  /** Number of the last event that the answer rests on; a read at or after it shows the effect. */
  readonly position: number;
}

/** The way to the writer, wherever it runs. */
export interface CommandGateway {
  /**
   * Hands a command to the writer; resolves once it is on disk, or shown to need no event.
   * @throws Refusal when the rules do not allow it; nothing was written
   * @throws NotAccepted when it was not taken; nothing was written, it may be sent again
   * @throws OutcomeUnknown when it was taken and no verdict came in time; send it again with the same command id
   * @throws CommandFailed when deciding it failed unexpectedly; nothing was written
   */
  execute(command: UserCommand, meta: CommandMeta): Promise<Receipt>;

  /**
   * A position that is not before any answer that a caller has got until now, from whichever process.
   * @throws as `execute` where no writer can be asked
   */
  readIndex(): Promise<number>;
}

/** The command was not taken: the queue is full, no writer is at work, or (`disk-full`) the disk has no room. */
export class NotAccepted extends Error {
  override readonly name = 'NotAccepted';

  constructor(
    override readonly cause: 'busy' | 'no-writer' | 'disk-full',
    /** Seconds after which it may be worth another try. */
    readonly retryAfterS: number,
  ) {
    super(`the command was not accepted: ${cause}`);
  }
}

/** The command was taken, and whether it was stored is not known yet. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(readonly commandId: string) {
    super(`the outcome of command ${commandId} is not known yet`);
  }
}

/** The command could not be decided because of a fault in Daybook itself. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}
