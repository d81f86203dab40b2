import type { RecordedEvent } from '#domain';
import type { Journal } from './journal.js';
import { isAccepted } from './journal.js';
import type { Mark } from './runs.js';
import type { Round } from './rounds.js';

/** What a run of the harness counted. */
export interface Figures {
  readonly rounds: readonly Round[];
  readonly journal: Journal;
  readonly events: readonly RecordedEvent[];
  readonly commits: number;
  readonly marks: readonly Mark[];
}

/** The longest time that a caller was without an answer, in milliseconds; 0: nobody ever was. */
export const longestOutageMs = ({ outages }: Journal) => Math.max(0, ...outages.map(({ ms }) => ms));

/** The figures as lines to print. */
export function linesOf({ rounds, journal, events, commits, marks }: Figures): string[] {
  const { sent, outages, reads } = journal;
  const count = (end: string) => events.filter(({ type }) => type.endsWith(end)).length;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const harms = Map.groupBy(rounds, ({ harm, target }) => `${harm} ${target}`);
  const refusals = Map.groupBy(
    sent.filter((each) => !isAccepted(each)),
    ({ kind, answer }) => `${kind} ${answer.status}`,
  );
  const errors = Map.groupBy(
    events.flatMap((event) => (event.type === 'daybook.job.node-errored' ? [event.data.error.msg] : [])),
    (message) => message,
  );
  const longest = outages.toSorted((a, b) => b.ms - a.ms)[0];
  const counts = (groups: Map<string, readonly unknown[]>) =>
    [...groups]
      .map(([what, { length }]) => `${what} × ${length}`)
      .toSorted()
      .join(', ') || 'none';
  const unknown = sent.filter((each) => each.unknown > 0).length;
  return [
    `rounds          ${rounds.length}: ${counts(harms)}`,
    `commands        ${sent.length} answered: ${sent.filter(isAccepted).length} accepted, refused: ${counts(refusals)}`,
    `                ${unknown} after an unknown outcome (${sum(sent.map((each) => each.unknown))} tries), ` +
      `${sent.filter((each) => each.notTaken > 0).length} after not being taken, ${journal.repeated} repeated and compared`,
    `reads           ${reads.answered} compared, ${reads.stale} stale, ${reads.broken} broken`,
    `runs            ${count('.node-finished')} finished, ${count('.node-failed')} failed, ` +
      `${count('.node-errored')} errored, ${count('.node-skipped')} skipped; ` +
      `${marks.length} marks, ${marks.filter(({ attempt }) => attempt > 1).length} of a second attempt`,
    `                errored: ${counts(errors)}`,
    `occurrences     ${count('scheduled-job.fired')} fired, ${count('scheduled-job.skipped')} skips`,
    `log             ${commits} commits, ${events.length} events, ${count('writer.opened')} reigns`,
    `longest outage  ${longest ? `${(longest.ms / 1000).toFixed(1)} s (${longest.during})` : 'none'}`,
  ];
}
