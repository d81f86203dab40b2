/** Where in a ledger something is wrong. */
export interface LedgerPlace {
  /** Number of the first event that cannot be relied on. */
  readonly event: number;
  /** Id of the commit that was looked at; null: it was not a commit. */
  readonly commit: string | null;
}

/** A ledger is not what was written. The message names the place and what was expected there. */
export class LedgerBroken extends Error {
  override readonly name = 'LedgerBroken';

  constructor(
    readonly place: LedgerPlace,
    /** Without the place. */
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    const commit = place.commit === null ? '' : `, commit ${place.commit}`;
    super(`event ${place.event}${commit}: ${problem}`, options);
  }
}
