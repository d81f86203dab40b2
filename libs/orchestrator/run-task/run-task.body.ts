import { IsObject, IsOptional } from 'class-validator';
import type { JsonObject } from '#domain';
import { Expects } from '#http';
import { TaskBody } from '../task-request/task-body.js';

export class RunTaskBody extends TaskBody {
  @IsOptional()
  @IsObject()
  @Expects('an object')
  userdata?: JsonObject;
}
