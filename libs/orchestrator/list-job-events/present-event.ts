import type { JobEndState, Json, JsonObject } from '#domain';
import { toSeconds } from '#http';
import type { JobEventRow, JobEventType, JobRow } from '#read-store';
import { nodeMessage } from '../job/node-message.js';

type EventJob = Pick<JobRow, 'id' | 'spec'>;

interface Presented {
  readonly details: JsonObject;
  readonly message: string;
}

const onNode =
  (state: 'running' | 'finished' | 'failed' | 'errored' | 'skipped') =>
  ({ node, detail }: JobEventRow, job: EventJob, reportUrl: string): Presented => {
    const ended: Json = job.spec.command === 'deploy' ? withReport(detail, reportUrl) : (detail ?? {});
    const shown: Json = state === 'running' ? { noop: job.spec.noop } : ended;
    const reason = state === 'errored' ? (detail as { msg?: string } | null)?.msg : null;
    return { details: { node, detail: shown }, message: nodeMessage(state, job.spec, node!, reason ?? null) };
  };

/** The result of a puppet run names the place of its report. */
function withReport(detail: Json, reportUrl: string): Json {
  const isResult = typeof detail === 'object' && detail !== null && 'metrics' in detail;
  return isResult ? { ...detail, 'report-url': reportUrl } : (detail ?? {});
}

const PRESENT: Readonly<Record<JobEventType, (row: JobEventRow, job: EventJob, reportUrl: string) => Presented>> = {
  node_running: onNode('running'),
  node_finished: onNode('finished'),
  node_failed: onNode('failed'),
  node_errored: onNode('errored'),
  node_skipped: onNode('skipped'),
  job_stopping: (_, { id }) => ({ details: {}, message: `Stopping job ${id}` }),
  job_finished: ({ detail }, { id }) => ({
    details: { state: detail },
    message: `Job ${id} ended: ${detail as JobEndState}`,
  }),
};

/** An event of a job as the API shows it. */
export function presentEvent(row: JobEventRow, job: EventJob, reportUrl: string) {
  const { id, type, timestamp } = row;
  return { id: String(id), type, timestamp: toSeconds(timestamp), ...PRESENT[type](row, job, reportUrl) };
}
