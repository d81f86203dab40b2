import { isOfTarget } from '#domain';
import type { DeploySpec, JsonObject, PlanJobLink, PlanSpec, Scope, Spec, Target, TaskSpec, WhatRuns } from '#domain';

/** What is shown of a spec: the names of sensitive parameters instead of their sealed values, and no logins. */
export type ShownSpec = ShownTaskSpec | DeploySpec;

/** A plan by the names of its sensitive parameters. */
export interface ShownPlanSpec extends Omit<PlanSpec, 'sealed'> {
  readonly sensitive: readonly string[];
}

interface ShownTaskSpec extends Omit<TaskSpec, 'sealed' | 'targets'> {
  readonly sensitive: readonly string[];
  readonly targets?: readonly Pick<Target, 'hostnames' | 'transport'>[];
}

interface Described {
  readonly description: string;
  readonly userdata: JsonObject;
}

/** What a schedule runs; a plan knows its nodes by itself. */
export type ShownWhatRuns =
  { readonly spec: ShownSpec; readonly scope: Scope } | { readonly spec: ShownPlanSpec; readonly scope: null };

/** What `scheduled_job_details` holds in `details`. */
export type ScheduledJobDetailsJson = Described & ShownWhatRuns;

/** What `job_details` holds. */
export interface JobDetailsJson extends Described {
  readonly spec: ShownSpec;
  readonly scope: Scope;
  readonly nodes: readonly string[];
  readonly scheduledJob: number | null;
  /** Absent: it is no part of a plan. */
  readonly planJob?: Pick<PlanJobLink, 'id' | 'action'>;
}

/** What `plan_job_details` holds. */
export interface PlanJobDetailsJson extends Described {
  readonly spec: ShownPlanSpec;
  /** The nodes of parameters that were found. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
  readonly scheduledJob: number | null;
}

export function shownSpec(spec: Spec): ShownSpec {
  if (spec.command === 'deploy') return spec;
  const { sealed, targets, ...shown } = spec;
  return {
    ...shown,
    sensitive: Object.keys(sealed?.values ?? {}).filter((name) => !isOfTarget(name)),
    ...(targets && { targets: targets.map(({ hostnames, transport }) => ({ hostnames, transport })) }),
  };
}

export function shownPlanSpec({ sealed, ...shown }: PlanSpec): ShownPlanSpec {
  return { ...shown, sensitive: Object.keys(sealed?.values ?? {}) };
}

/** @see shownSpec */
export const shownWhatRuns = (what: WhatRuns): ShownWhatRuns =>
  what.scope === null
    ? { spec: shownPlanSpec(what.spec), scope: null }
    : { spec: shownSpec(what.spec), scope: what.scope };
