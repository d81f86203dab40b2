import { randomUUID } from 'node:crypto';
import type { Positions } from '#http';
import type { Clock, Logger } from '#platform';
import type { Queries } from '#read-store';
import type { CommandGateway } from '#writer';

/** How often it is looked for jobs that are old enough. */
const EVERY_MS = 3_600_000;

/** How long after a start, or after something went wrong, it is looked again. */
const SOON_MS = 5_000;

/** Jobs, or plan jobs, that one command takes out of the lists. */
const AT_ONCE = 1_000;

const DAY_MS = 86_400_000;

/** How long the read models have to show what one command did. */
const SHOWN_MS = 60_000;

export interface PruneOptions {
  /** Days since the end of a job or plan job after which it leaves the lists. */
  readonly days: number;
  readonly queries: Pick<Queries, 'jobsEndedBefore' | 'planJobsEndedBefore'>;
  readonly gateway: CommandGateway;
  readonly positions: Positions;
  /** Whether it is this process that looks, of those that share the log. */
  readonly isOurs: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Takes old jobs out of the lists, by commands like those of users, until it is closed. */
export function startPruning({ days, queries, gateway, positions, isOurs, clock, logger }: PruneOptions) {
  let timer: NodeJS.Timeout;
  let isClosed = false;

  async function prune(): Promise<void> {
    await pruneAll('prune-jobs', (ms) => queries.jobsEndedBefore(ms, AT_ONCE));
    await pruneAll('prune-plan-jobs', (ms) => queries.planJobsEndedBefore(ms, AT_ONCE));
  }

  async function pruneAll(
    type: 'prune-jobs' | 'prune-plan-jobs',
    endedBefore: (ms: number) => Promise<readonly number[]>,
  ): Promise<void> {
    const before = clock.now() - days * DAY_MS;
    while (isOurs() && !isClosed) {
      const ids = await endedBefore(before);
      if (ids.length === 0) return;
      const commandId = randomUUID();
      const meta = { commandId, actor: 'daybook', correlationId: commandId };
      const { position } = await gateway.execute({ type, ids }, meta);
      logger.info({ jobs: ids.length, type }, 'pruned jobs');
      const outcome = await positions.waitFor(position, SHOWN_MS);
      if (outcome !== 'reached')
        throw new Error(`the read models are ${outcome}, expected them to show what was pruned`);
    }
  }

  function again(ms: number): void {
    if (!isClosed) timer = setTimeout(look, ms);
  }

  function look(): void {
    prune().then(
      () => again(EVERY_MS),
      (error: unknown) => {
        logger.warn({ err: error }, 'old jobs could not be pruned; trying again');
        again(SOON_MS);
      },
    );
  }

  timer = setTimeout(look, 0);
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
