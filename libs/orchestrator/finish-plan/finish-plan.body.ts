import { IsIn, IsOptional } from 'class-validator';
import type { Json, PlanEndState } from '#domain';
import { Expects } from '#http';
import { PlanJobBody } from '../plan-job/plan-job.body.js';

export class FinishPlanBody extends PlanJobBody {
  @IsIn(['success', 'failure'])
  @Expects("'success' or 'failure'")
  status!: PlanEndState;

  @IsOptional()
  @Expects('anything')
  result?: Json;
}
