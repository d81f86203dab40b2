import { IsOptional, IsString, ValidateNested } from 'class-validator';
import type { JsonObject } from '#domain';
import { invalid, IsInstant } from '#http';
import { IsPlanName, IsPlanParams } from '../plan-request/plan-body.js';
import { RunBody } from '../run-request/run-body.js';
import { ScheduleOptionsBody } from '../schedule-task/schedule-task.body.js';

/** The name of the plan stands in `plan` or in `plan_name`, as the documents of one year or the other have it. */
export class SchedulePlanBody extends RunBody {
  @IsOptional()
  @IsPlanName()
  plan?: string;

  @IsOptional()
  @IsPlanName()
  plan_name?: string;

  @IsPlanParams()
  params?: JsonObject;

  @IsString()
  @IsInstant()
  scheduled_time!: string;

  @IsOptional()
  @ValidateNested()
  schedule_options?: ScheduleOptionsBody;
}

/** @throws ApiError when the plan is not named, or as two different ones */
export function planNameOf({ plan, plan_name }: Pick<SchedulePlanBody, 'plan' | 'plan_name'>): string {
  const name = plan ?? plan_name;
  if (name === undefined) {
    throw invalid('plan is missing, expected the name of a plan, like facts::info', { key: 'plan' });
  }
  if (plan_name !== undefined && plan_name !== name) {
    throw invalid(`plan is '${name}' and plan_name is '${plan_name}', expected one of them, or the same`, {
      key: 'plan_name',
    });
  }
  return name;
}
