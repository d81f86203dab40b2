/** Why a projection stopped. It stays where it is until it is rebuilt or the program is changed. */
export interface StopReason {
  /** Number of the event that it could not take; null: it did not come to any. */
  readonly event: number | null;
  readonly reason: string;
}

/** A projection met what no history allowed by the rules leads to. */
export class ProjectionStopped extends Error {
  override readonly name = 'ProjectionStopped';

  constructor(
    readonly event: number | null,
    override readonly cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(event === null ? reason : `event ${event}: ${reason}`);
  }
}
