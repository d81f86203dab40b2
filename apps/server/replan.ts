import { setImmediate as immediate } from 'node:timers/promises';
import { misplanned } from '#domain';
import type { State } from '#domain';
import type { Clock } from '#platform';
import type { Writer } from '#writer';

/** Jobs that are looked at before others have their turn. */
const AT_ONCE = 200;

/**
 * Brings the occurrences to come in line with the time-zone data of this process, which may be newer than that of the
 * one that planned them.
 * @param isPresent whether the writer of this state still reigns
 */
export async function replanAppJobs(
  writer: Pick<Writer, 'report'>,
  state: State,
  clock: Clock,
  isPresent: () => boolean,
): Promise<void> {
  for (let id = 1; id <= state.lastAppJob && isPresent(); id++) {
    if (id % AT_ONCE === 0) await immediate();
    if (misplanned(state, id, clock.now()) === null) continue;
    const correlationId = `app-job/${id}`;
    const meta = { commandId: `${correlationId}/replan/${state.reign}`, actor: 'daybook', correlationId };
    await writer.report({ type: 'replan-app-job', id }, meta);
  }
}
