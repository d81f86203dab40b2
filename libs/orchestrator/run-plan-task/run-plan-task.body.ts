import { IsJobNumber } from '../job/is-job-number.js';
import { RunTaskBody } from '../run-task/run-task.body.js';

/** A task that a plan asks for which the caller runs. */
export class RunPlanTaskBody extends RunTaskBody {
  @IsJobNumber()
  plan_job!: string | number;
}
