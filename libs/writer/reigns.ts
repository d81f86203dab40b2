import { setTimeout as delay } from 'node:timers/promises';
import type { Lease } from '#lease';
import type { Logger } from '#platform';
import { claimUnder } from './claim.js';
import type { Claim } from './claim.js';
import type { Writer } from './writer.js';

/** How often the lease is renewed by its holder, and looked for by the others. */
const RENEW_MS = 500;
const POLL_MS = 250;

export interface ReignsOptions {
  readonly lease: Lease;
  /** Makes the writer of the next reigns under this claim. */
  readonly newWriter: (claim: Claim) => Writer;
  /** The reign is over: nothing that was begun for it may go on. */
  readonly onEnded: () => void;
  readonly logger: Logger;
}

/** This process as a candidate for the writer's place. */
export interface Reigns {
  /** Resolves when it has stood down for good. Rejects when the log must not be written by this process. */
  readonly done: Promise<void>;
  /** Finishes what was accepted, for at most `graceMs`, and stands no more. */
  close(graceMs: number): void;
}

/** Stands for election whenever nobody writes, and writes for as long as it holds the lease. */
export function standForElection({ lease, newWriter, onEnded, logger }: ReignsOptions): Reigns {
  const closing = new AbortController();
  let writer: Writer | null = null;

  async function stand(): Promise<void> {
    while (!closing.signal.aborted) {
      if (await lease.acquire()) await reign();
      else await delay(POLL_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  async function reign(): Promise<void> {
    const present: Writer = newWriter(claimUnder(lease, () => present.reign));
    writer = present;
    const ended = new AbortController();
    const keeping = keepLease(present, ended.signal);
    try {
      if (!(await present.open())) return;
      await lease.renew(present.reign);
      await present.run();
    } finally {
      onEnded();
      ended.abort();
      await keeping;
      await lease.release();
    }
  }

  /** A lease that has run out is taken up again; only another holder ends the reign. */
  async function keepLease(present: Writer, ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      if ((await lease.renew(present.reign)) === 'lost') {
        logger.warn('another process holds the lease of the writer; standing down');
        present.close(0);
        return;
      }
      await delay(RENEW_MS, undefined, { signal: ended }).catch(() => undefined);
    }
  }

  return {
    done: stand(),
    close(graceMs) {
      closing.abort();
      writer?.close(graceMs);
    },
  };
}
