import type { Json } from '#domain';
import { JOB_TYPES } from '../orchestrator/totals.js';
import type { JobType } from '../orchestrator/totals.js';
import type { Queries, UsageOfDay } from '../queries.js';
import type { Database } from './database.js';

const DAY_MS = 86_400_000;

/** Computed when asked: few ask, and what ended on a day is found by an index. */
export function usage(database: Database): Queries['usage'] {
  return async (firstDay, lastDay) => {
    const [known, byTasks, byPlans, changes] = await Promise.all([
      nodesByDay(database),
      nodesOf(database, ['task'], firstDay, lastDay),
      nodesOf(database, PLAN_TYPES, firstDay, lastDay),
      changesByDeploys(database, firstDay, lastDay),
    ]);
    let nodes = 0;
    const days: UsageOfDay[] = [];
    for (const [day, count] of known) if (day < firstDay) nodes += count;
    for (let day = firstDay; day <= lastDay; day++) {
      nodes += known.get(day) ?? 0;
      const { corrective = 0, intentional = 0 } = changes.get(day) ?? {};
      const touched = { nodesOfTasks: byTasks.get(day) ?? 0, nodesOfPlans: byPlans.get(day) ?? 0 };
      days.push({ day, nodes, ...touched, corrective, intentional });
    }
    return days;
  };
}

type Counts = ReadonlyMap<number, number>;

/** How many nodes became known on each day. */
async function nodesByDay(database: Database): Promise<Counts> {
  const rows = await database
    .selectFrom('nodes')
    .select((eb) => eb('first_seen_at', '/', eb.lit(DAY_MS)).as('day'))
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .groupBy('day')
    .execute();
  return new Map(rows.map(({ day, count }) => [Number(day), Number(count)]));
}

/** What a plan has done on nodes. */
const PLAN_TYPES = JOB_TYPES.filter((type) => type.startsWith('plan_'));

/** How many nodes began a task of the jobs of these types that ended on each day. */
async function nodesOf(
  database: Database,
  types: readonly JobType[],
  firstDay: number,
  lastDay: number,
): Promise<Counts> {
  const rows = await ended(database, types, firstDay, lastDay)
    .innerJoin('job_nodes as node', 'node.job', 'job.id')
    .where('node.started_at', 'is not', null)
    .select((eb) => eb('job.finished_at', '/', eb.lit(DAY_MS)).as('day'))
    .select(({ fn }) => fn.count<number | string>('node.name').distinct().as('count'))
    .groupBy('day')
    .execute();
  return new Map(rows.map(({ day, count }) => [Number(day), Number(count)]));
}

interface Changes {
  readonly corrective: number;
  readonly intentional: number;
}

async function changesByDeploys(database: Database, firstDay: number, lastDay: number) {
  const rows = await ended(database, ['deploy'], firstDay, lastDay)
    .innerJoin('job_events as event', 'event.job', 'job.id')
    .where('event.type', 'in', ['node_finished', 'node_failed'])
    .select(['job.finished_at', 'event.detail'])
    .execute();
  const changes = new Map<number, Changes>();
  for (const { finished_at, detail } of rows) {
    const day = Math.floor(finished_at! / DAY_MS);
    const { corrective, intentional } = changes.get(day) ?? { corrective: 0, intentional: 0 };
    const own = changesIn(detail);
    changes.set(day, { corrective: corrective + own.corrective, intentional: intentional + own.intentional });
  }
  return changes;
}

/** As the metrics of a puppet run tell them; one without them has changed nothing. */
function changesIn(detail: string | null): Changes {
  const result = JSON.parse(detail ?? 'null') as { readonly metrics?: Readonly<Record<string, Json>> } | null;
  const metric = (name: string) => Number(result?.metrics?.[name] ?? 0) || 0;
  const corrective = metric('corrective_change');
  return { corrective, intentional: Math.max(0, metric('changed') - corrective) };
}

function ended(database: Database, types: readonly JobType[], firstDay: number, lastDay: number) {
  return database
    .selectFrom('jobs as job')
    .where('job.type', 'in', types)
    .where('job.finished_at', '>=', firstDay * DAY_MS)
    .where('job.finished_at', '<', (lastDay + 1) * DAY_MS);
}
