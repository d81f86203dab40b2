import { EVERYTHING } from '../access/permission.js';
import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { DomainEvent } from '../event.js';
import { instant } from '../instant.js';
import { jobCreated } from '../job/create.js';
import type { Resolver } from '../resolve.js';
import { Refusal } from '../refusal.js';
import type { QueryText } from '../scope.js';
import type { State } from '../state.js';
import type { PlanCommand } from './commands.js';
import { goingOn } from './going-on.js';

/** A plan begins with the code that it has from then on; the first one stands. */
export function startPlanJob(state: State, command: Extract<PlanCommand, { type: 'start-plan-job' }>): Decision {
  const { id, code } = command;
  const { code: present, runsElsewhere } = goingOn(state, id);
  if (present !== null || runsElsewhere) return NOTHING;
  return { events: [{ type: 'daybook.plan-job.started', data: { id, code } }], answer: DONE };
}

/** Takes the next step; one that was taken before stays as it was. */
export function takePlanStep(
  state: State,
  command: Extract<PlanCommand, { type: 'take-plan-step' }>,
  resolver: Resolver,
): Decision {
  const { id, step, at, taken } = command;
  const planJob = goingOn(state, id);
  if (step <= planJob.lastStep) return NOTHING;
  if (taken.type === 'query') {
    const { query } = taken;
    const rows = resolver.rows(query.startsWith('[') ? astOf(query) : query, state.nodes.list);
    const data = { id, step, at, query, rows: { value: rows } };
    return { events: [{ type: 'daybook.plan-job.query-answered', data }], answer: DONE };
  }
  if (taken.type !== 'run') {
    const began = taken.type === 'daybook.plan-job.sub-plan-ended' && { startedAt: instant(planJob.subPlans.at(-1)!) };
    const data = { id, step, at, ...taken.data, ...began };
    return { events: [{ type: taken.type, data } as DomainEvent], answer: DONE };
  }
  const { action, spec, nodes, description } = taken;
  const created = jobCreated(
    state,
    {
      spec,
      owner: planJob.owner,
      description,
      scheduledJob: null,
      userdata: {},
      planJob: { id, action, step, at },
    },
    { nodes },
    // Whoever may run the plan may have it do what it does.
    [EVERYTHING],
    resolver,
  );
  return { events: [created], answer: { kind: 'created', job: created.data.id } };
}

/** A query that is an AST stands in a plan as its JSON text. @throws Refusal when it is none */
function astOf(query: string): QueryText {
  try {
    return JSON.parse(query) as QueryText;
  } catch (error) {
    throw new Refusal({ code: 'query-error', problem: `the query is no JSON: ${(error as Error).message}` });
  }
}
