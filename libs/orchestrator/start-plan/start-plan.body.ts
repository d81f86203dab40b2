import { IsArray, IsOptional, IsString } from 'class-validator';
import type { JsonObject } from '#domain';
import { Expects } from '#http';
import { IsPlanParams, PlanNowBody } from '../plan-request/plan-body.js';

/** A plan that the caller runs itself. */
export class StartPlanBody extends PlanNowBody {
  @IsPlanParams()
  params?: JsonObject;

  @IsOptional()
  @IsString({ each: true })
  @IsArray()
  @Expects('an array of the names of sensitive parameters')
  sensitive?: readonly string[];
}
