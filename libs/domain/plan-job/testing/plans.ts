import type { DomainEvent } from '../../event.js';
import { spec } from '../../testing/given.js';
import type { History } from '../../testing/given.js';
import type { PlanStep } from '../commands.js';
import type { PlanSpec } from '../events.js';

export const planSpec: PlanSpec = {
  command: 'plan',
  plan: 'site::deploy',
  environment: 'production',
  noop: false,
  params: { value: {} },
  sealed: null,
  found: {},
  timeoutS: null,
  concurrency: null,
};

export const CODE = { sha256: 'c0de', size: 4 };
export const AT = { plan: 'site::deploy', line: 3, step: null };

const said = { owner: 'a', description: '', userdata: {} };

export const createPlan = (history: History, over: Partial<PlanSpec> = {}, runsElsewhere = false): DomainEvent[] =>
  history.when({ type: 'create-plan-job', spec: { ...planSpec, ...over }, ...said, runsElsewhere });

export const startPlan = (history: History, id = 1): DomainEvent[] =>
  history.when({ type: 'start-plan-job', id, code: CODE }, { actor: 'daybook' });

export const takeStep = (history: History, id: number, step: number, taken: PlanStep): DomainEvent[] =>
  history.when({ type: 'take-plan-step', id, step, at: AT, taken }, { actor: 'daybook' });

export const endPlan = (history: History, id: number, stopsJobs = false): DomainEvent[] =>
  history.when(
    { type: 'end-plan-job', id, state: 'success', result: 'r', large: null, stopsJobs },
    { actor: 'daybook' },
  );

export const runOn = (...nodes: readonly string[]): PlanStep => ({
  type: 'run',
  action: 'task',
  spec,
  nodes,
  description: '',
});

export const message: PlanStep = {
  type: 'daybook.plan-job.message-sent',
  data: { message: { value: 'hello' }, isVerbose: false },
};

export const subPlanStarted: PlanStep = {
  type: 'daybook.plan-job.sub-plan-started',
  data: { plan: 'site::other', params: { value: {} } },
};

export const subPlanEnded: PlanStep = {
  type: 'daybook.plan-job.sub-plan-ended',
  data: { plan: 'site::other', isFailed: false },
};
