import { IsJobNumber } from '../job/is-job-number.js';

/** Names a plan job. */
export class PlanJobBody {
  @IsJobNumber()
  plan_job!: string | number;
}
