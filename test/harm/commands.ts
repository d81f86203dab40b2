import type { EventType, RecordedEvent } from '#domain';
import type { Journal, Kind } from './journal.js';
import { isAccepted } from './journal.js';

/** The event that a command of each kind becomes. */
const FACT: Readonly<Record<Kind, EventType>> = {
  schedule: 'daybook.scheduled-job.scheduled',
  delete: 'daybook.scheduled-job.deleted',
  run: 'daybook.job.created',
  stop: 'daybook.job.stopping',
};

const FACTS = new Set<EventType>(Object.values(FACT));

/**
 * Commands that are not in the log as they were answered, in words; none: each that was accepted is there once, each
 * that was refused is not, and there is none that nobody sent.
 * @param idOf the id of the command that a key stands for
 */
export function commandFaults(
  events: readonly RecordedEvent[],
  sent: Journal['sent'],
  idOf: (key: string) => string,
): string[] {
  const facts = Map.groupBy(
    events.filter(({ type, actor }) => FACTS.has(type) && actor.startsWith('subject/')),
    ({ causationid }) => causationid,
  );
  const unstoppable = new Set(
    events.flatMap((event) =>
      event.type === 'daybook.job.finished' || event.type === 'daybook.job.stopping' ? event.data.id : [],
    ),
  );
  const known = new Set(sent.map(({ key }) => idOf(key)));
  const unknown = [...facts.keys()].filter((id) => !known.has(id));
  const faults = unknown.map((id) => `command ${id} is in the log, and nobody sent it`);
  for (const command of sent) {
    const found = (facts.get(idOf(command.key)) ?? []).filter(({ type }) => type === FACT[command.kind]);
    const ids = found.map(({ data }) => (data as { readonly id: number }).id);
    const { status, id } = command.answer;
    // A job that had ended, or was being stopped already, is not stopped; the answer is the same.
    const isNeedless = command.kind === 'stop' && ids.length === 0 && unstoppable.has(Number(id));
    const isRight = isAccepted(command) && !isNeedless ? ids.join() === String(id) : ids.length === 0;
    if (status === 500) faults.push(`${command.key} was answered 500, expected an answer or a reason`);
    if (!isRight) faults.push(`${command.key} was answered ${status} with ${id}, and made ${ids.join() || 'nothing'}`);
  }
  return faults;
}
