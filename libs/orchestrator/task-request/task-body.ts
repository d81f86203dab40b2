import { IsBoolean, IsObject, IsOptional, ValidateNested } from 'class-validator';
import type { JsonObject } from '#domain';
import { Expects, ExpectsSecret, IsInteger } from '#http';
import { RunBody } from '../run-request/run-body.js';
import { ScopeBody } from '../scope/scope-body.js';
import { IsTaskName } from './is-task-name.js';
import { IsTargets } from './target-body.js';
import type { TargetBody } from './target-body.js';

/** What every request for a task may hold. */
export class TaskBody extends RunBody {
  @IsTaskName()
  task!: string;

  @IsObject()
  @ExpectsSecret('an object with the parameters of the task')
  params!: JsonObject;

  @ValidateNested()
  scope!: ScopeBody;

  @IsOptional()
  @IsBoolean()
  @Expects('true or false')
  noop?: boolean;

  @IsOptional()
  @IsInteger(1, Number.MAX_SAFE_INTEGER)
  concurrency?: number;

  @IsTargets()
  targets?: readonly TargetBody[];
}
