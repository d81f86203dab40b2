import type { EventLog, EventPlace, StoredCommit } from '#event-log';
import type { Clock } from '#platform';

/** A moment of the past: directly after an event of the log. */
export interface Moment {
  /** Number of the event; 0: before the first one. */
  readonly number: number;
  /** What time it was, in milliseconds since the epoch. */
  readonly nowMs: number;
}

/** The event is not in the log yet, or the time is yet to come. */
export class NotYet extends Error {
  override readonly name = 'NotYet';

  /** @param expected what there is, for a message */
  constructor(readonly expected: string) {
    super(`expected ${expected}`);
  }
}

/** Moments that are remembered; one takes a search through the log. */
const REMEMBERED = 1000;

/** Finds the moment that is meant by an event's number, or by a time. What it gives throws NotYet. */
export function momentFinder(
  log: Pick<EventLog, 'find' | 'headSequence'>,
  clock: Clock,
): (wanted: EventPlace) => Promise<Moment> {
  const remembered = new Map<string, Moment>();

  function remember(wanted: EventPlace, moment: Moment): Moment {
    const [oldest] = remembered.keys();
    if (remembered.size >= REMEMBERED) remembered.delete(oldest!);
    remembered.set(JSON.stringify(wanted), moment);
    return moment;
  }

  async function ofNumber(number: number): Promise<Moment> {
    const commit = number === 0 ? null : await log.find({ number });
    const last = commit?.position.number ?? 0;
    if (number > last) throw new NotYet(`an event number from 0 to ${last}`);
    return remember({ number }, { number, nowMs: commit === null ? 0 : timeOf(commit, number) });
  }

  async function atTime(timeMs: number): Promise<Moment> {
    // Asked first: what is stored meanwhile may be of that time as well.
    const head = await log.headSequence();
    const commit = await log.find({ timeMs });
    const number = commit === null ? 0 : lastUntil(commit, timeMs);
    const isLast = commit === null ? head === 0 : number === commit.position.number && commit.position.sequence >= head;
    const moment = { number, nowMs: timeMs };
    // Others are of a later time, so that no further one can be of this.
    if (!isLast) return remember({ timeMs }, moment);
    if (timeMs > clock.now()) throw new NotYet(`a time up to now, ${new Date(clock.now()).toISOString()}`);
    return moment;
  }

  return async (wanted) =>
    remembered.get(JSON.stringify(wanted)) ??
    ('number' in wanted ? await ofNumber(wanted.number) : await atTime(wanted.timeMs));
}

const timeOf = ({ events, firstNumber }: StoredCommit, number: number) =>
  Date.parse(events[number - firstNumber]!.time);

const lastUntil = ({ events }: StoredCommit, timeMs: number) =>
  Number(events.findLast(({ time }) => Date.parse(time) <= timeMs)!.id);
