import { IsBoolean, IsObject, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import type { JsonObject } from '#domain';
import { Expects, ExpectsSecret, IsInteger } from '#http';
import { ScopeBody } from '../scope/scope-body.js';
import { IsTargets } from './target-body.js';
import type { TargetBody } from './target-body.js';

/** A hundred years in seconds. */
export const LONGEST_S = 3_155_760_000;

/** What every request for a task may hold; defaults are left to whoever runs it. */
export class TaskBody {
  @Matches(/^[a-z][a-z0-9_]*(::[a-z][a-z0-9_]*)?$/)
  @IsString()
  @Expects('the name of a task, like echo or package::status')
  task!: string;

  @IsObject()
  @ExpectsSecret('an object with the parameters of the task')
  params!: JsonObject;

  @ValidateNested()
  scope!: ScopeBody;

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
  @IsBoolean()
  @Expects('true or false')
  noop?: boolean;

  @IsOptional()
  @IsInteger(1, LONGEST_S)
  timeout?: number;

  @IsOptional()
  @IsInteger(1, Number.MAX_SAFE_INTEGER)
  concurrency?: number;

  @IsTargets()
  targets?: readonly TargetBody[];
}
