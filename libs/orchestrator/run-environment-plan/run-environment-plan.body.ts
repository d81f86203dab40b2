import { PlanNowBody } from '../plan-request/plan-body.js';
import { IsWrappedParams } from '../plan-request/wrapped-params.js';
import type { WrappedParams } from '../plan-request/wrapped-params.js';

export class RunEnvironmentPlanBody extends PlanNowBody {
  @IsWrappedParams()
  params!: WrappedParams;
}
