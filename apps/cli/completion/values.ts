import type { Api } from '../api.js';
import type { Candidate } from './candidates.js';

/** Nobody waits longer for a word. */
const TIMEOUT_MS = 2_000;

interface Item {
  readonly name?: string;
  readonly login?: string;
  readonly state?: string;
  readonly description?: string;
  readonly options?: { readonly task?: string };
  readonly task?: string;
}

/** Where the values of arguments are found, by the names of these. */
const PATHS: Readonly<Record<string, string>> = {
  task: '/orchestrator/v1/tasks',
  plan: '/orchestrator/v1/plans',
  job: '/orchestrator/v1/jobs?limit=30',
  schedule: '/orchestrator/v1/scheduled_jobs?limit=100',
  node: '/orchestrator/v1/inventory',
  nodes: '/orchestrator/v1/inventory',
  environment: '/orchestrator/v1/environments',
  login: '/rbac-api/v1/users',
};

/** Asks the server what an argument may be; where it cannot be asked there is nothing to choose from. */
export async function valuesOf(api: Api, argument: string): Promise<readonly Candidate[]> {
  const path = PATHS[argument];
  if (path === undefined) return [];
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await api.call<readonly Item[] | { items: readonly Item[] }>('GET', path, undefined, { signal });
    const items = 'items' in answer ? answer.items : answer;
    return items.map((item) => ({ word: item.name ?? item.login ?? '', about: aboutOf(item) }));
  } catch {
    return [];
  }
}

const aboutOf = ({ task, options, state, description }: Item) =>
  [options?.task ?? task, state, description].filter((text) => text).join(', ');
