import { setTimeout as delay } from 'node:timers/promises';
import type { CommandMeta, ReportDelivery } from '#domain';
import { instant } from '#domain';
import type { Clock, Logger } from '#platform';
import type { Delivery } from './delivery.js';
import type { Outcome } from './outcome.js';
import { runId } from './run-id.js';
import type { Wanted } from './wanted.js';

/** Between two attempts to have a report stored. */
const AGAIN_AFTER_MS = 1000;

/** Hands a report to the writer; resolves once it is stored. */
export type ReportToWriter = (report: ReportDelivery, meta: CommandMeta) => Promise<unknown>;

export interface ReportingOptions {
  readonly streamId: string;
  readonly report: ReportToWriter;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Reports what came of a delivery until that is stored, or as long as it is wanted. */
export async function reportDelivery(
  { streamId, report, clock, logger }: ReportingOptions,
  delivery: Delivery,
  outcome: Outcome,
  wanted: Wanted,
): Promise<void> {
  const { app, job, run, attempt } = delivery.order;
  const { startMs, endMs } = delivery.timesUntil(clock.monotonic());
  const times = { startedAt: instant(startMs), finishedAt: instant(endMs) };
  const command: ReportDelivery = { type: 'report-delivery', run, attempt, ...times, outcome };
  // The same for each time it is reported, so that it counts once.
  const commandId = `${runId(streamId, run)}/${attempt}`;
  const meta: CommandMeta = { commandId, actor: `app/${app}`, correlationId: `app-job/${job}` };
  for (;;) {
    try {
      await report(command, meta);
      return;
    } catch (error) {
      if (!wanted.has(delivery)) return;
      logger.debug({ err: error, commandId }, 'a report of a delivery was not stored');
    }
    await delay(AGAIN_AFTER_MS);
    if (!wanted.has(delivery)) return;
  }
}
