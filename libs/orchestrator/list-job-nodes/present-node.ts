import { targetOf } from '#domain';
import type { Json, JsonObject } from '#domain';
import type { NodeRow, ShownSpec } from '#read-store';
import { toSeconds } from '#http';
import { durationS } from '../job/present-job.js';
import { nodeMessage } from '../job/node-message.js';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why a task failed, in its own words. */
function failureOf(result: Json): string | null {
  const error = isObject(result) ? result['_error'] : undefined;
  const msg = isObject(error) ? error['msg'] : undefined;
  return typeof msg === 'string' ? msg : null;
}

function detailsOf(row: NodeRow, message: string, duration: number | null): JsonObject {
  switch (row.state) {
    case 'running':
      return { 'run-time': duration };
    case 'failed':
      return { message: failureOf(row.result) ?? message };
    case 'errored':
    case 'skipped':
      return { message };
    case 'new':
    case 'finished':
      return {};
  }
}

/** The metrics of a puppet run that every generation of clients reads. */
const METRICS = [
  'total',
  'failed',
  'changed',
  'skipped',
  'restarted',
  'scheduled',
  'out_of_sync',
  'failed_to_restart',
] as const;

/** What a puppet run says of itself beside its result; nothing where there was none. */
function puppetDetails(result: Json, reportUrl: string): JsonObject {
  const metrics = isObject(result) ? result['metrics'] : undefined;
  if (!isObject(metrics)) return {};
  const shown = METRICS.map((name) => [name, metrics[name] ?? 0] as const);
  return { metrics: Object.fromEntries(shown), 'report-url': reportUrl };
}

/** The id of the report that a puppet run wrote; null: it wrote none, or it is a task. */
function transactionOf({ command }: ShownSpec, result: Json): string | null {
  const uuid = command === 'deploy' && isObject(result) ? result['transaction_uuid'] : null;
  return typeof uuid === 'string' ? uuid : null;
}

/** A node of a job as the API shows it, without its result. `reportUrl` is where the reports of the job are. */
export function presentNode(row: NodeRow, spec: ShownSpec, nowMs: number, reportUrl: string) {
  const duration = durationS(row.startedAt, row.finishedAt, nowMs);
  const message = nodeMessage(row.state, spec, row.name, row.error?.msg ?? null);
  return {
    name: row.name,
    state: row.state,
    timestamp: toSeconds(row.timestamp),
    start_timestamp: row.startedAt && toSeconds(row.startedAt),
    finish_timestamp: row.finishedAt && toSeconds(row.finishedAt),
    duration,
    transaction_uuid: transactionOf(spec, row.result),
    transport: targetOf(spec, row.name)?.transport ?? 'pcp',
    'latest-event-id': row.latestEvent,
    message,
    details: {
      ...detailsOf(row, message, duration),
      ...(spec.command === 'deploy' && puppetDetails(row.result, reportUrl)),
    },
  };
}
