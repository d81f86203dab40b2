import type { NatsConnection } from '@nats-io/transport-node';
import { pino } from 'pino';
import type { App, CommandMeta, ReportDelivery } from '#domain';
import { openJetStreamValues } from '#large-values';
import { systemClock } from '#platform';
import { until } from '../../platform/testing/until.js';
import { Deliveries } from '../deliveries.js';
import type { DeliveriesOptions } from '../deliveries.js';
import type { DeliveryOrder } from '../delivery-order.js';

const STREAM_ID = '0a1b2c3d-4e5f-4000-8000-000000000000';

/** As apps see a run. */
export const idOf = (run: number) => `0a1b2c3d4e5f-r${run}`;

/** An order that is due, with data. */
export const order = (run: number, over: Partial<DeliveryOrder> = {}): DeliveryOrder => ({
  run,
  job: run,
  outlivesJob: false,
  app: 'billing',
  name: `job-${run}`,
  payload: '{"n":1}',
  large: null,
  occurrence: '2026-03-01T12:00:00Z',
  attempt: 1,
  notBeforeMs: 1000 + run,
  ...over,
});

export const app = (addresses: readonly string[], over: Partial<App> = {}): App => ({
  id: 'billing',
  addresses,
  token: null,
  natsKey: null,
  callsAtOnce: 8,
  ...over,
});

/** Deliveries over a real broker, and what they report and log. */
export async function delivering(nc: NatsConnection, options: Partial<DeliveriesOptions> = {}) {
  const reports: { readonly report: ReportDelivery; readonly meta: CommandMeta }[] = [];
  const logged: { readonly msg: string; readonly reason: string; readonly level: number }[] = [];
  const largeValues = await openJetStreamValues(nc);
  const deliveries = new Deliveries({
    streamId: STREAM_ID,
    configuredApps: [],
    nc,
    largeValues,
    openToken: () => null,
    report(report, meta) {
      reports.push({ report, meta });
      return Promise.resolve();
    },
    timeoutMs: 30_000,
    lookup: (hostname) => {
      throw new Error(`nothing is looked up here, ${hostname} was`);
    },
    clock: systemClock,
    logger: pino(
      { level: 'debug' },
      { write: (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[0]) },
    ),
    ...options,
  });
  return {
    deliveries,
    largeValues,
    reports,
    logged,
    /** Reports in short: run, attempt and what came of it, with the kind of a failure. */
    told: () =>
      reports.map(({ report: { run, attempt, outcome } }) => {
        const kind = outcome.kind === 'failed' ? outcome.failure.kind : outcome.kind;
        return `${run}/${attempt} ${kind}`;
      }),
    /** Message of the only failure reported. */
    failure: () => reports.flatMap(({ report: { outcome } }) => (outcome.kind === 'failed' ? outcome.failure : []))[0],
    untilReported: (count: number) => until(() => reports.length >= count),
    /** Waits until an app could not be reached; why. */
    async untilLost(count = 1): Promise<readonly string[]> {
      const lost = () => logged.filter(({ msg }) => /cannot be reached|nothing is sent/.test(msg));
      await until(() => lost().length >= count);
      return lost().map(({ reason }) => reason);
    },
  };
}

export type World = Awaited<ReturnType<typeof delivering>>;
