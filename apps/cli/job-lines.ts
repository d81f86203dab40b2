import type { Json, NodeCounts } from '#domain';
import { columns } from './columns.js';
import { isObject } from './params.js';
import { printable } from './printable.js';
import type { ShownJob, ShownNode, ShownPlanJob } from './shown-jobs.js';

/** A job and what its nodes have answered, for people. */
export function jobLines(job: ShownJob, nodes: readonly ShownNode[]): string[] {
  return [...nodes.flatMap(nodeLines), `job ${job.name} ${job.state}: ${countsOf(job.node_states)}`];
}

export const jobTable = (jobs: readonly ShownJob[]): string[] =>
  columns(
    ['job', 'state', 'what', 'nodes', 'environment', 'owner', 'created', 'seconds', 'description'],
    jobs.map((job) => [
      job.name,
      job.state,
      job.options.task ?? job.type,
      countsOf(job.node_states),
      job.environment.name,
      job.owner.login,
      job.timestamp,
      job.duration,
      job.description,
    ]),
  );

export const planJobTable = (jobs: readonly ShownPlanJob[]): string[] =>
  columns(
    ['plan job', 'state', 'plan', 'environment', 'owner', 'created', 'seconds', 'description'],
    jobs.map((job) => [
      job.name,
      job.state,
      job.options.plan_name,
      job.options.environment,
      job.owner.login,
      job.created_timestamp,
      job.duration,
      job.options.description,
    ]),
  );

/** What a plan job has come to. */
export function planJobLines({ name, state, options, result }: ShownPlanJob): string[] {
  const end = state === 'success' || state === 'failure' ? [valueText(result ?? null)] : [];
  return [...end, `plan job ${name}, ${options.plan_name}: ${state}`];
}

/** A value for people: a text is itself. */
const valueText = (value: Json): string =>
  printable(typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** How many nodes are in which state. */
export const countsOf = (counts: NodeCounts) =>
  Object.entries(counts)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');

function nodeLines({ name, state, duration, details, result = null }: ShownNode): string[] {
  const lasted = duration === null ? '' : ` after ${duration} s`;
  const head = printable(`${name}: ${state}${lasted}${details.message ? `: ${details.message}` : ''}`);
  return [head, ...(state === 'errored' ? [] : answerLines(result)).map((line) => `  ${line}`)];
}

/** The text that a task has printed, and what it has answered beside; its error stands above. */
function answerLines(result: Json): string[] {
  if (!isObject(result)) return [];
  const { _output, _error, ...more } = result;
  const printed = typeof _output === 'string' && _output !== '' ? _output.replace(/\n$/, '').split('\n') : [];
  const answered = Object.keys(more).length > 0 ? JSON.stringify(more, null, 2).split('\n') : [];
  return [...printed, ...answered].map(printable);
}
