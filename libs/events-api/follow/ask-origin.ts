import { READ_WAIT_MS } from '#http';
import type { EventsPorts } from '../ports.js';
import type { Origin } from './origins.js';

/**
 * The origin of a job by the read models, which have to show the event that asks; null: it is not there any more.
 * @throws Error when they do not come so far
 */
export async function askOrigin(
  { queries, positions }: Pick<EventsPorts, 'queries' | 'positions'>,
  subject: string,
  number: number,
): Promise<Origin | null> {
  const outcome = await positions.waitFor(number, READ_WAIT_MS);
  if (outcome !== 'reached') throw new Error(`the read models do not show event ${number}: ${outcome}`);
  const [kind, id] = subject.split('/') as [string, string];
  switch (kind) {
    case 'job': {
      const job = await queries.job(Number(id));
      return job && { owner: job.owner.id, environment: job.spec.environment, planJob: job.planJob?.id ?? null };
    }
    case 'plan-job': {
      const plan = await queries.planJob(Number(id));
      return plan && { owner: plan.owner.id, environment: plan.spec.environment, planJob: plan.id };
    }
    default: {
      const schedule = await queries.scheduledJob(Number(id));
      return schedule && { owner: schedule.owner.id, environment: schedule.spec.environment, planJob: null };
    }
  }
}
