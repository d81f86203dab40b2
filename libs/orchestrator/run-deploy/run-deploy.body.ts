import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import type { JsonObject } from '#domain';
import { Expects } from '#http';
import { DeployBody } from '../deploy-request/deploy-body.js';
import { ScopeBody } from '../scope/scope-body.js';

export class RunDeployBody extends DeployBody {
  @IsOptional()
  @ValidateNested()
  scope?: ScopeBody;

  @IsOptional()
  @IsObject()
  @Expects('an object')
  userdata?: JsonObject;
}
