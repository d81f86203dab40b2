import { DATE, invalid, oneOf } from '#http';
import type { Parameter } from '#http';

const DAY_MS = 86_400_000;

/** The first that has a year of four digits. */
const FIRST_DAY = Date.parse('0000-01-01T00:00:00Z') / DAY_MS;

const MOST_DAYS = 3_660;

const DEFAULT_DAYS = 30;

/** A day of UTC, counted from 1970-01-01. */
const day: Parameter<number | undefined> = {
  expected: 'a date like 2027-05-05',
  read: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? dayOf(text) : undefined),
  absent: undefined,
  schema: DATE,
};

function dayOf(text: string): number | undefined {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || dateOf(ms / DAY_MS) !== text ? undefined : ms / DAY_MS;
}

export const dateOf = (days: number) => new Date(days * DAY_MS).toISOString().slice(0, 10);

export const USAGE = { start_date: day, end_date: day, events: oneOf(['include', 'exclude'], 'include') };

/** The days to be told of; without an end up to today. @throws ApiError when they are none or too many */
export function daysOf(given: { start_date: number | undefined; end_date: number | undefined }, nowMs: number) {
  const lastDay = given.end_date ?? Math.max(Math.floor(nowMs / DAY_MS), given.start_date ?? 0);
  const firstDay = given.start_date ?? Math.max(FIRST_DAY, lastDay - DEFAULT_DAYS + 1);
  const days = lastDay - firstDay + 1;
  if (days < 1 || days > MOST_DAYS) {
    throw invalid(
      `start_date is ${dateOf(firstDay)} and end_date ${dateOf(lastDay)}, expected 1 to ${MOST_DAYS} days from the first to the last`,
      { start_date: dateOf(firstDay), end_date: dateOf(lastDay) },
    );
  }
  return { firstDay, lastDay };
}
