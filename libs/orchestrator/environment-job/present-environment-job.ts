import { Refusal } from '#domain';
import { asApiError, orchestratorErrorBody, toSeconds } from '#http';
import type { ScheduledJobRow } from '#read-store';
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
    input: inputOf(row),
    userdata: row.userdata,
    schedule: {
      start_time: toSeconds(row.scheduledTime),
      interval: intervalS === null ? null : { units: 'seconds', value: intervalS },
    },
    next_run: row.nextRun === null ? null : { time: toSeconds(row.nextRun) },
    last_run: lastRunOf(row, links),
  };
}

function inputOf({ spec, scope }: ScheduledJobRow) {
  const { noop, concurrency, timeoutS: timeout } = spec;
  const limits = { noop, concurrency, timeout };
  if (spec.command === 'deploy') return { scope, ...limits, ...deployOptions(spec) };
  const { params, sensitive: sensitive_parameters } = spec;
  const parameters = 'value' in params ? params.value : params;
  if (spec.command === 'task') return { name: spec.task, parameters, sensitive_parameters, scope, ...limits };
  return { name: spec.plan, parameters: { ...parameters, ...spec.found }, sensitive_parameters, timeout };
}

function lastRunOf({ lastRun, spec }: ScheduledJobRow, links: Links) {
  if (lastRun === null) return null;
  const { time, outcome } = lastRun;
  if ('job' in outcome) {
    const id = spec.command === 'plan' ? links.planJob(outcome.job) : links.job(outcome.job);
    return { time: toSeconds(time), job: { id, name: String(outcome.job) } };
  }
  const submission_error = orchestratorErrorBody(asApiError(new Refusal(outcome.refusal))!);
  return { time: toSeconds(time), job: { submission_error, name: null } };
}
