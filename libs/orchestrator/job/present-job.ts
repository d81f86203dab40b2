import type { Scope } from '#domain';
import type { JobRow, JobType } from '#read-store';
import { deployOptions } from './deploy-options.js';
import { toSeconds } from '#http';
import type { Links } from '../links.js';
import { shownParams } from './shown-params.js';

/** Seconds from the start to the end, or to `nowMs` while there is none; null: it has not started. */
export function durationS(startedAt: string | null, finishedAt: string | null, nowMs: number): number | null {
  if (startedAt === null) return null;
  return Math.max(0, (finishedAt === null ? nowMs : Date.parse(finishedAt)) - Date.parse(startedAt)) / 1000;
}

/** Jobs show their duration as text with a decimal point, nodes as a number. */
const asText = (seconds: number | null) =>
  seconds === null ? null : Number.isInteger(seconds) ? `${seconds}.0` : String(seconds);

const nullable = (time: string | null) => time && toSeconds(time);

function optionsOf({ spec, description, scheduledJob, scope, planJob }: JobRow) {
  const { environment, noop, concurrency, timeoutS: timeout } = spec;
  const common = {
    description,
    noop,
    environment,
    scope,
    'scheduled-job-id': scheduledJob === null ? null : String(scheduledJob),
    concurrency,
    timeout,
  };
  if (spec.command === 'deploy') return { ...common, ...deployOptions(spec), target: targetOf(scope) };
  const { task, sensitive } = spec;
  const ofTask = { ...common, transport: 'pxp', task, sensitive, params: shownParams(spec) };
  return { ...ofTask, ...(planJob && { plan_job: planJob.id }) };
}

/** How the target of a deploy was named when applications could be one. */
function targetOf(scope: Scope): string | null {
  if ('whole_environment' in scope) return 'whole environment';
  return 'nodes' in scope ? 'nodes' : 'query' in scope ? 'query' : null;
}

/** What a job does, or what a plan has it do. */
const typeOf = ({ spec, planJob }: JobRow): JobType => (planJob ? `plan_${planJob.action}` : spec.command);

/** A job as the API shows it, alone and in lists. `timestamp` is when it was created. */
export function presentJob(row: JobRow, links: Links, nowMs: number) {
  const type = typeOf(row);
  return {
    id: links.job(row.id),
    name: String(row.id),
    state: row.state,
    command: type,
    type,
    options: optionsOf(row),
    owner: row.owner,
    description: row.description,
    timestamp: toSeconds(row.createdAt),
    started_timestamp: nullable(row.startedAt),
    finished_timestamp: nullable(row.finishedAt),
    duration: asText(durationS(row.startedAt, row.finishedAt, nowMs)),
    environment: { name: row.spec.environment },
    node_count: row.nodes.length,
    node_states: row.nodeCounts,
    nodes: { id: links.nodes(row.id) },
    report: { id: links.report(row.id) },
    events: { id: links.events(row.id) },
    userdata: row.userdata,
  };
}
