import { IsBoolean, IsIn, IsObject, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import type { Json, JsonObject } from '#domain';
import { Expects, IsInstant, IsInteger } from '#http';
import { DeployInput } from '../deploy-request/deploy-input.js';
import { IsPlanName } from '../plan-request/plan-body.js';
import { IsWrappedParams } from '../plan-request/wrapped-params.js';
import type { WrappedParams } from '../plan-request/wrapped-params.js';
import { LONGEST_S } from '../run-request/run-body.js';
import { IntervalBody } from '../schedule-task/schedule-task.body.js';
import { ScopeBody } from '../scope/scope-body.js';
import { IsWrapped } from '../task-request/is-wrapped.js';
import { IsTaskName } from '../task-request/is-task-name.js';
import { IsTargets } from '../task-request/target-body.js';
import type { TargetBody } from '../task-request/target-body.js';

/** What runs as a task. */
export class TaskInput {
  @IsTaskName()
  name!: string;

  @IsWrapped()
  parameters!: Readonly<Record<string, { readonly value: Json }>>;

  @ValidateNested()
  scope!: ScopeBody;

  @IsOptional()
  @IsBoolean()
  @Expects('true or false')
  noop?: boolean;

  @IsOptional()
  @IsInteger(1, Number.MAX_SAFE_INTEGER)
  concurrency?: number;

  @IsOptional()
  @IsInteger(1, LONGEST_S)
  timeout?: number;

  @IsTargets()
  targets?: readonly TargetBody[];
}

/** What runs as a plan. */
export class PlanInput {
  @IsPlanName()
  name!: string;

  @IsWrappedParams()
  parameters!: WrappedParams;

  @IsOptional()
  @IsInteger(1, LONGEST_S)
  timeout?: number;
}

@JSONSchema({ description: 'an object like {"start_time": "2027-05-05T19:50:08Z", "interval": null}' })
export class ScheduleBody {
  @IsString()
  @IsInstant()
  start_time!: string;

  @IsOptional()
  @ValidateNested()
  interval?: IntervalBody;
}

/** The keys whose meaning does not depend on the type. */
export class CommonBody {
  @Matches(/^\w{0,255}$/)
  @IsString()
  @Expects('the name of an environment, made of letters, digits and _')
  environment!: string;

  @ValidateNested()
  schedule!: ScheduleBody;

  @MaxLength(10_000)
  @IsString()
  @Expects('a string of at most 10000 characters')
  description!: string;

  @IsObject()
  @Expects('an object')
  userdata!: JsonObject;
}

export class TaskEnvironmentJobBody extends CommonBody {
  @IsIn(['task'])
  @Expects("'task'")
  type!: 'task';

  @ValidateNested()
  input!: TaskInput;
}

export class PlanEnvironmentJobBody extends CommonBody {
  @IsIn(['plan'])
  @Expects("'plan'")
  type!: 'plan';

  @ValidateNested()
  input!: PlanInput;
}

export class ScopedDeployInput extends DeployInput {
  @ValidateNested()
  scope!: ScopeBody;
}

export class DeployEnvironmentJobBody extends CommonBody {
  @IsIn(['deploy'])
  @Expects("'deploy'")
  type!: 'deploy';

  @ValidateNested()
  input!: ScopedDeployInput;
}
