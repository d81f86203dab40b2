import type { EventData } from '#domain';
import { READ_WAIT_MS } from '#http';
import type { EventsPorts } from '../ports.js';
import type { Origin } from './origins.js';

/**
 * The origin that a job had before an event, by the read models; null: it is not there any more.
 * @param signal they may take as long as they need until it aborts; absent: 2 s
 * @throws Error when they do not come so far; what `signal` aborts with
 */
export async function askOrigin(
  { positions, queries }: Pick<EventsPorts, 'queries' | 'positions'>,
  subject: string,
  number: number,
  signal?: AbortSignal,
): Promise<Origin | null> {
  let outcome: Awaited<ReturnType<EventsPorts['positions']['waitFor']>>;
  do {
    outcome = await positions.waitFor(number, READ_WAIT_MS);
    signal?.throwIfAborted();
  } while (outcome === 'late' && signal);
  if (outcome !== 'reached') throw new Error(`the read models do not show event ${number}: ${outcome}`);
  return originOf(queries, subject, number);
}

async function originOf(queries: EventsPorts['queries'], subject: string, number: number): Promise<Origin | null> {
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
      // The tables say what it is now: it may have been edited since.
      const schedule = await queries.audit.standing(subject, number);
      if (schedule === null) return null;
      const { owner, spec } = schedule as unknown as EventData['daybook.scheduled-job.scheduled'];
      return { owner, environment: spec.environment, planJob: null };
    }
  }
}
