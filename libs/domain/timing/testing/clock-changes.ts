/** Less than the shortest time between two changes in this century, which is an hour short of seven days. */
const STEP_MS = 6 * 86_400_000;

/** An instant at which the clock of a zone is changed; the offsets are what it shows, less UTC. */
export interface ClockChange {
  readonly atMs: number;
  readonly offsetBeforeMs: number;
  readonly offsetAfterMs: number;
}

/** What the clock of a zone shows, told as the milliseconds that UTC would have then; read from the date and time. */
export function clockOf(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  return (ms) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = format
      .format(ms)
      .match(/\d+/g)!
      .map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}

/** All changes of a zone's clock between two instants of this century, in their order. */
export function clockChanges(zone: string, fromMs: number, untilMs: number): readonly ClockChange[] {
  const clock = clockOf(zone);
  const offsetAt = (ms: number) => clock(ms) - ms;
  const changes: ClockChange[] = [];
  let offsetBeforeMs = offsetAt(fromMs);
  for (let ms = fromMs; ms < untilMs; ms += STEP_MS) {
    const endMs = Math.min(ms + STEP_MS, untilMs);
    const offsetAfterMs = offsetAt(endMs);
    if (offsetAfterMs === offsetBeforeMs) continue;
    let [lowMs, atMs] = [ms, endMs];
    while (atMs - lowMs > 1000) {
      const middleMs = Math.round((lowMs + atMs) / 2000) * 1000;
      if (offsetAt(middleMs) === offsetBeforeMs) lowMs = middleMs;
      else atMs = middleMs;
    }
    changes.push({ atMs, offsetBeforeMs, offsetAfterMs });
    offsetBeforeMs = offsetAfterMs;
  }
  return changes;
}
