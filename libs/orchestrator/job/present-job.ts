import type { JobRow } from '#read-store';
import { toSeconds } from '#http';
import type { Links } from '../links.js';

/** Seconds from the start to the end, or to `nowMs` while there is none; null: it has not started. */
export function durationS(startedAt: string | null, finishedAt: string | null, nowMs: number): number | null {
  if (startedAt === null) return null;
  return Math.max(0, (finishedAt === null ? nowMs : Date.parse(finishedAt)) - Date.parse(startedAt)) / 1000;
}

/** Jobs show their duration as text with a decimal point, nodes as a number. */
const asText = (seconds: number | null) =>
  seconds === null ? null : Number.isInteger(seconds) ? `${seconds}.0` : String(seconds);

const nullable = (time: string | null) => time && toSeconds(time);

function optionsOf(row: JobRow) {
  return {
    description: row.description,
    transport: 'pxp',
    noop: row.noop,
    task: row.task,
    sensitive: row.sensitive,
    'scheduled-job-id': row.scheduledJob === null ? null : String(row.scheduledJob),
    params: 'value' in row.params ? row.params.value : row.params,
    scope: { nodes: row.nodes },
    environment: row.environment,
    concurrency: row.concurrency,
    timeout: row.timeoutS,
  };
}

/** A job as the API shows it, alone and in lists. `timestamp` is when it was created. */
export function presentJob(row: JobRow, links: Links, nowMs: number) {
  return {
    id: links.job(row.id),
    name: String(row.id),
    state: row.state,
    command: row.type,
    type: row.type,
    options: optionsOf(row),
    owner: row.owner,
    description: row.description,
    timestamp: toSeconds(row.createdAt),
    started_timestamp: nullable(row.startedAt),
    finished_timestamp: nullable(row.finishedAt),
    duration: asText(durationS(row.startedAt, row.finishedAt, nowMs)),
    environment: { name: row.environment },
    node_count: row.nodes.length,
    node_states: row.nodeCounts,
    nodes: { id: links.nodes(row.id) },
    report: { id: links.report(row.id) },
    events: { id: links.events(row.id) },
    userdata: row.userdata,
  };
}
