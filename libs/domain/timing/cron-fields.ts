import { InvalidTiming } from './invalid-timing.js';

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Of its values, from `min` on; empty: they have none. */
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly Field[] = [
  { name: 'second', min: 0, max: 59, names: [] },
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of week', min: 0, max: 6, names: DAYS },
];

const ITEM = /^(?:[*?]|(?<first>[0-9a-z]+)(?:-(?<last>[0-9a-z]+))?)(?:\/(?<step>[0-9]+))?$/i;

/**
 * Six fields of a cron pattern in one spelling, in which only numbers, `*`, `a-b`, `a-b/n` and lists of them occur.
 *
 * A field that is restricted stays so, even if it lists every value: days of month and of week match either of the
 * two where both are restricted, and both where one is `*`.
 *
 * @throws InvalidTiming when a field does not fit the grammar
 */
export function normaliseFields(fields: readonly string[]): string {
  return FIELDS.map((field, index) => normaliseField(field, fields[index]!)).join(' ');
}

function normaliseField(field: Field, text: string): string {
  const items = text.split(',').map((item) => normaliseItem(field, item));
  return items.includes('*') ? '*' : items.join(',');
}

function normaliseItem(field: Field, text: string): string {
  const item = ITEM.exec(text)?.groups;
  if (!item) throw invalid(field, text, '*, a value, a range or a step, as in 5, 1-5, */10, 1-5/2');
  const step = item.step === undefined ? 1 : Number(item.step);
  if (step === 0) throw invalid(field, text, 'a step of at least 1');
  const first = item.first === undefined ? field.min : valueOf(field, item.first);
  const last = lastOf(field, item, first);
  if (first > last) throw invalid(field, text, 'a range that does not end before it begins');
  if (item.first === undefined && step === 1) return '*';
  if (step > last - first) return `${first}`;
  return step === 1 ? `${first}-${last}` : `${first}-${last}/${step}`;
}

/** A step without an end goes on up to the largest value. */
function lastOf(field: Field, item: Readonly<Record<string, string | undefined>>, first: number): number {
  if (item.last !== undefined) return valueOf(field, item.last);
  return item.first === undefined || item.step !== undefined ? field.max : first;
}

function valueOf(field: Field, text: string): number {
  const named = field.names.indexOf(text.toLowerCase());
  const value = named >= 0 ? field.min + named : /^[0-9]+$/.test(text) ? Number(text) : NaN;
  if (value >= field.min && value <= field.max) return value;
  const names = field.names.length > 0 ? ` or ${field.names[0]} to ${field.names.at(-1)}` : '';
  throw invalid(field, text, `${field.min} to ${field.max}${names}`);
}

const invalid = (field: Field, text: string, expected: string): InvalidTiming =>
  new InvalidTiming(`${field.name} is '${text}', expected ${expected}`);
