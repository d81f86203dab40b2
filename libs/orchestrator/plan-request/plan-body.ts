import { applyDecorators } from '@nestjs/common';
import { IsObject, IsOptional, IsString, Matches } from 'class-validator';
import type { JsonObject } from '#domain';
import { Expects, ExpectsSecret } from '#http';
import { QUALIFIED_NAME } from '#plan-language';
import { RunBody } from '../run-request/run-body.js';

/** Declares the name of a plan. */
export const IsPlanName = () =>
  applyDecorators(Matches(QUALIFIED_NAME), IsString(), Expects('the name of a plan, like facts::info'));

/** Declares the parameters of a plan as they are. */
export const IsPlanParams = () =>
  applyDecorators(IsOptional(), IsObject(), ExpectsSecret('an object with the parameters of the plan'));

/** A request for a plan that is to run now. */
export class PlanNowBody extends RunBody {
  @IsPlanName()
  plan_name!: string;

  @IsOptional()
  @IsObject()
  @Expects('an object')
  userdata?: JsonObject;
}
