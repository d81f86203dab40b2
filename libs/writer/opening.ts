import type { OpenWriter, State } from '#domain';
import { LOG_FORMAT } from '#event-log';

/** What a process that writes says of itself. */
export interface Identity extends Pick<OpenWriter, 'program' | 'timeZoneData'> {
  /** Check values of its secret keys, the newest first. */
  readonly keyChecks: readonly string[];
}

/**
 * The command that begins a reign on a log.
 * @throws Error when the log has a format that this version does not know, or was written with another key
 */
export function openingOf({ opened }: State, { keyChecks, ...identity }: Identity): OpenWriter {
  if (opened && opened.logFormat > LOG_FORMAT) {
    throw new Error(
      `the log has format level ${opened.logFormat}, expected at most ${LOG_FORMAT}; use a newer Daybook`,
    );
  }
  if (opened && !keyChecks.includes(opened.keyCheck)) {
    throw new Error(
      `the secret key has check value '${keyChecks.join("', '")}', expected '${opened.keyCheck}'; use the key that the log was written with`,
    );
  }
  return { type: 'open-writer', logFormat: LOG_FORMAT, ...identity, keyCheck: keyChecks[0]! };
}
