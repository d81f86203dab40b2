import { setImmediate as immediate } from 'node:timers/promises';
import type { SealedParams, Schedule, State } from '#domain';
import type { Logger } from '#platform';
import type { Sealer } from '#sealing';
import type { Writer } from '#writer';

/** Schedules that are looked at before others have their turn. */
const AT_ONCE = 200;

/**
 * Seals what schedules hold with the newest key, so that older ones can be taken away.
 * @param isPresent whether the writer of this state still reigns
 */
export async function resealSchedules(
  writer: Pick<Writer, 'report'>,
  state: State,
  sealer: Sealer,
  isPresent: () => boolean,
  logger: Logger,
): Promise<void> {
  if (sealer.keyChecks.length < 2) return;
  let resealed = 0;
  for (let id = 1; id <= state.lastScheduledJob && isPresent(); id++) {
    if (id % AT_ONCE === 0) await immediate();
    const spec = state.schedules.get(id)?.spec;
    const sealed = spec && sealedOf(spec);
    if (!sealed || !Object.values(sealed.values).some((envelope) => sealer.isOutdated(envelope))) continue;
    const commandId = `scheduled-job/${id}/reseal/${state.reign}`;
    const meta = { commandId, actor: 'daybook', correlationId: `scheduled-job/${id}` };
    await writer.report({ type: 'reseal-scheduled-job', id, sealed: renewed(sealed, sealer) }, meta);
    resealed++;
  }
  if (!isPresent()) return;
  const waiting = [...state.jobs.values()].filter(({ spec }) => usesOlder(sealedOf(spec), sealer));
  const plans = [...state.planJobs.values()].filter(({ spec }) => usesOlder(spec.sealed, sealer));
  logger.info(
    { resealed, jobs: waiting.map(({ id }) => id), planJobs: plans.map(({ id }) => id) },
    waiting.length + plans.length === 0
      ? 'no schedule, job or plan job needs an older secret key any more'
      : 'no schedule needs an older secret key any more; these jobs do until they have ended',
  );
}

function renewed({ commandId, values }: SealedParams, sealer: Sealer): SealedParams {
  const entries = Object.entries(values).map(([name, envelope]) => {
    return [name, sealer.seal(commandId, name, sealer.open(commandId, name, envelope))] as const;
  });
  return { commandId, values: Object.fromEntries(entries) };
}

const sealedOf = (spec: Schedule['spec']) => (spec.command === 'deploy' ? null : spec.sealed);

const usesOlder = (sealed: SealedParams | null, sealer: Sealer) =>
  Object.values(sealed?.values ?? {}).some((envelope) => sealer.isOutdated(envelope));
