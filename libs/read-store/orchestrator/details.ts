import { isOfTarget } from '#domain';
import type { DeploySpec, JsonObject, Scope, Spec, Target, TaskSpec } from '#domain';

/** What is shown of a spec: the names of sensitive parameters instead of their sealed values, and no logins. */
export type ShownSpec = ShownTaskSpec | DeploySpec;

interface ShownTaskSpec extends Omit<TaskSpec, 'sealed' | 'targets'> {
  readonly sensitive: readonly string[];
  readonly targets?: readonly Pick<Target, 'hostnames' | 'transport'>[];
}

/** What `scheduled_job_details` holds in `details`. */
export interface ScheduledJobDetailsJson {
  readonly spec: ShownSpec;
  readonly scope: Scope;
  readonly description: string;
  readonly userdata: JsonObject;
}

/** What `job_details` holds. */
export interface JobDetailsJson extends ScheduledJobDetailsJson {
  readonly nodes: readonly string[];
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
