import { applyDecorators } from '@nestjs/common';
import { IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { JsonObject } from '#domain';
import { Expects, ExpectsSecret, IsInteger } from '#http';
import { LONGEST_S } from '../task-request/task-body.js';

/** Declares the name of a plan. */
export const IsPlanName = () =>
  applyDecorators(
    Matches(/^[a-z][a-z0-9_]*(::[a-z][a-z0-9_]*)*$/),
    IsString(),
    Expects('the name of a plan, like facts::info'),
  );

/** Declares the parameters of a plan as they are. */
export const IsPlanParams = () =>
  applyDecorators(IsOptional(), IsObject(), ExpectsSecret('an object with the parameters of the plan'));

/** What every request for a plan may hold; defaults are left to whoever runs it. */
export class PlanBody {
  @IsOptional()
  @Matches(/^\w{1,255}$/)
  @IsString()
  @Expects('the name of an environment, made of letters, digits and _')
  environment?: string;

  @IsOptional()
  @MaxLength(10_000)
  @IsString()
  @Expects('a string of at most 10000 characters')
  description?: string;

  @IsOptional()
  @IsInteger(1, LONGEST_S)
  timeout?: number;
}

/** A request for a plan that is to run now. */
export class PlanNowBody extends PlanBody {
  @IsPlanName()
  plan_name!: string;

  @IsOptional()
  @IsObject()
  @Expects('an object')
  userdata?: JsonObject;
}
