import { projectionStopped, READ_WAIT_MS } from '#http';
import type { Receipt } from '#writer';
import { NotAccepted } from '#writer';
import type { RbacPorts } from './ports.js';

/** What a query shows once it shows what was just changed. @throws NotAccepted when that takes too long */
export async function shownAfter<T>(
  { position }: Receipt,
  { positions }: RbacPorts,
  query: () => Promise<T>,
): Promise<T> {
  const outcome = await positions.waitFor(position, READ_WAIT_MS);
  if (outcome === 'stopped') throw projectionStopped(positions);
  if (outcome === 'late') throw new NotAccepted('busy', 1);
  return query();
}
