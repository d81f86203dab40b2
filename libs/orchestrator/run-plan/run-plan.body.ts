import type { JsonObject } from '#domain';
import { IsPlanParams, PlanNowBody } from '../plan-request/plan-body.js';

export class RunPlanBody extends PlanNowBody {
  @IsPlanParams()
  params?: JsonObject;
}
