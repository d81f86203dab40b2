import { LedgerBroken } from './broken.js';
import { PARTITION } from './check.js';
import type { LedgerCheck } from './check.js';
import { eventsIn } from './events-in.js';
import type { LedgerCommit } from './format.js';
import { mayNameValues, namedValues } from './named-values.js';

/**
 * Looks into a commit that `check` has taken: its events are those that it says, of this log, and the large values that
 * they name have come.
 * @throws LedgerBroken when they are not
 */
export function checkEvents(commit: LedgerCommit, check: LedgerCheck): void {
  const { id, firstNumber, lastNumber, payload } = commit;
  const problem = (text: string, event = firstNumber) => new LedgerBroken({ event, commit: id }, text);
  const events = eventsIn(commit);
  if (!events) throw problem('the commit is no JSON array, expected one of events');
  const count = lastNumber - firstNumber + 1;
  if (events.length !== count) throw problem(`the commit holds ${events.length} events, expected ${count}`);
  const source = `/daybook/${check.header!.stream}/${PARTITION}`;
  events.forEach((event, index) => {
    const number = firstNumber + index;
    if (event.id !== String(number)) throw problem(`its id is '${String(event.id)}', expected its number`, number);
    if (event.source !== source) throw problem(`its source is '${String(event.source)}', expected ${source}`, number);
    if (event.type === 'daybook.log.checkpoint-signed') check.takeCheckpoint(event, id);
  });
  if (!mayNameValues(payload)) return;
  for (const { sha256, size } of events.flatMap(namedValues)) {
    if (check.sizeOf(sha256) === size) continue;
    throw problem(`large value ${sha256} is not there, expected its ${size} bytes before the commit that names it`);
  }
}
