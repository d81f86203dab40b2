import { Refusal } from '#domain';
import { asApiError, orchestratorErrorBody, toSeconds } from '#http';
import type { ScheduledJobRow, ShownSpec } from '#read-store';
import { deployOptions } from '../job/deploy-options.js';
import type { Links } from '../links.js';

/** A scheduled job in the form of `environment_jobs`; `interval` and `next_run` are null where there is none. */
export function presentEnvironmentJob(row: ScheduledJobRow, links: Links) {
  const { spec, intervalS } = row;
  return {
    id: links.environmentJob(row.id),
    name: String(row.id),
    enabled: row.nextRun !== null,
    type: spec.command,
    environment: spec.environment,
    owner: row.owner,
    description: row.description,
    input: { ...inputOf(spec), scope: row.scope },
    userdata: row.userdata,
    schedule: {
      start_time: toSeconds(row.scheduledTime),
      interval: intervalS === null ? null : { units: 'seconds', value: intervalS },
    },
    next_run: row.nextRun === null ? null : { time: toSeconds(row.nextRun) },
    last_run: lastRunOf(row, links),
  };
}

function inputOf(spec: ShownSpec) {
  const { noop, concurrency, timeoutS: timeout } = spec;
  if (spec.command === 'deploy') return { noop, concurrency, timeout, ...deployOptions(spec) };
  const { task: name, params, sensitive: sensitive_parameters } = spec;
  return {
    name,
    parameters: 'value' in params ? params.value : params,
    sensitive_parameters,
    noop,
    concurrency,
    timeout,
  };
}

function lastRunOf({ lastRun }: ScheduledJobRow, links: Links) {
  if (lastRun === null) return null;
  const { time, outcome } = lastRun;
  if ('job' in outcome) {
    return { time: toSeconds(time), job: { id: links.job(outcome.job), name: String(outcome.job) } };
  }
  const submission_error = orchestratorErrorBody(asApiError(new Refusal(outcome.refusal))!);
  return { time: toSeconds(time), job: { submission_error, name: null } };
}
