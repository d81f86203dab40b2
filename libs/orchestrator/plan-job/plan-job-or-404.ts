import { Refusal } from '#domain';
import type { PlanJobRow, Queries } from '#read-store';

/** @throws Refusal when there is no such plan job */
export async function planJobOr404(queries: Queries, id: number): Promise<PlanJobRow> {
  const planJob = await queries.planJob(id);
  if (!planJob) throw new Refusal({ code: 'unknown-plan-job', id });
  return planJob;
}
