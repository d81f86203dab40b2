import type { EventData } from '#domain';
import { READ_WAIT_MS } from '#http';
import type { EventsPorts } from '../ports.js';
import type { Origin } from './origins.js';

type Tables = Pick<EventsPorts, 'queries' | 'positions'>;

/**
 * The origin that a job had before an event, by the read models; null: it is not there any more.
 * @throws Error when they do not come so far within 2 s
 */
export async function askOrigin(tables: Tables, subject: string, number: number): Promise<Origin | null> {
  const outcome = await tables.positions.waitFor(number, READ_WAIT_MS);
  if (outcome !== 'reached') throw notShown(number, outcome);
  return originOf(tables.queries, subject, number);
}

/** As `askOrigin`, however long the read models take. @throws Error when they have stopped, or `signal` aborts */
export async function askOriginAtLast(
  tables: Tables,
  subject: string,
  number: number,
  signal: AbortSignal,
): Promise<Origin | null> {
  for (;;) {
    const outcome = await tables.positions.waitFor(number, READ_WAIT_MS);
    signal.throwIfAborted();
    if (outcome === 'stopped') throw notShown(number, outcome);
    if (outcome === 'reached') return originOf(tables.queries, subject, number);
  }
}

const notShown = (number: number, outcome: string) =>
  new Error(`the read models do not show event ${number}: ${outcome}`);

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
