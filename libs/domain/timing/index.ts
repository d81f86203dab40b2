export { parseGoDuration, parseIsoDuration, parseProtoDuration } from './durations.js';
export type { IsoDuration } from './durations.js';
export { parseInstantOrDuration } from './instants.js';
export { InvalidTiming } from './invalid-timing.js';
export { newestOccurrences, occurrenceAfter, occurrencesUntil } from './occurrences.js';
export type { WallClock } from './occurrences.js';
export { parseSchedule } from './parse-schedule.js';
export type { Recurrence } from './parse-schedule.js';
export { isTimeZone } from './time-zone.js';
