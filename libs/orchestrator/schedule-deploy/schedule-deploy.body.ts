import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { IsInstant } from '#http';
import { DeployBody } from '../deploy-request/deploy-body.js';
import { ScheduleOptionsBody } from '../schedule-task/schedule-task.body.js';
import { ScopeBody } from '../scope/scope-body.js';

export class ScheduleDeployBody extends DeployBody {
  @ValidateNested()
  scope!: ScopeBody;

  @IsString()
  @IsInstant()
  scheduled_time!: string;

  @IsOptional()
  @ValidateNested()
  schedule_options?: ScheduleOptionsBody;
}
