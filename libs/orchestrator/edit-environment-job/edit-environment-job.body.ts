import { IsBoolean, IsOptional } from 'class-validator';
import { Expects, partialBodyCheck } from '#http';
import {
  DeployEnvironmentJobBody,
  PlanEnvironmentJobBody,
  TaskEnvironmentJobBody,
} from '../create-environment-job/create-environment-job.body.js';

const Enabled = 'true, or false to end the scheduled job';

class EditTaskBody extends TaskEnvironmentJobBody {
  @IsOptional()
  @IsBoolean()
  @Expects(Enabled)
  enabled?: boolean;
}

class EditPlanBody extends PlanEnvironmentJobBody {
  @IsOptional()
  @IsBoolean()
  @Expects(Enabled)
  enabled?: boolean;
}

class EditDeployBody extends DeployEnvironmentJobBody {
  @IsOptional()
  @IsBoolean()
  @Expects(Enabled)
  enabled?: boolean;
}

/** The check of an edit of a scheduled job of each type. @throws ApiError from the check */
export const editChecks = {
  task: partialBodyCheck(EditTaskBody),
  plan: partialBodyCheck(EditPlanBody),
  deploy: partialBodyCheck(EditDeployBody),
} as const;

export type EditBody = Partial<EditTaskBody> | Partial<EditPlanBody> | Partial<EditDeployBody>;
