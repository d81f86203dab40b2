import { permittedNodes } from '../access/rights.js';
import type { Permission } from '../access/permission.js';
import type { Spec } from '../job/events.js';
import { permittedTargets } from '../plan-job/create.js';
import type { PlanSpec } from '../plan-job/events.js';
import type { Resolver } from '../resolve.js';
import type { Scope } from '../scope.js';
import type { State } from '../state.js';

/** What a schedule runs: something on nodes, or a plan, which knows its nodes itself. */
export type WhatRuns =
  { readonly spec: Spec; readonly scope: Scope } | { readonly spec: PlanSpec; readonly scope: null };

/** @throws Refusal when it could not run now with these permissions */
export function demandRunnable(state: State, held: readonly Permission[], what: WhatRuns, resolver: Resolver): void {
  if (what.scope === null) permittedTargets(state, held, what.spec, resolver);
  else permittedNodes(state, held, what, resolver);
}

/** Nothing else of what says it. */
export const whatOf = ({ spec, scope }: WhatRuns) => ({ spec, scope }) as WhatRuns;
