import {
  INSTANT_EXPECTED,
  eventTypes,
  integer,
  invalid,
  oneOf,
  parseInstant,
  queryOf,
  shown,
  text,
  typesLike,
  withTypes,
} from '#http';
import type { Parameter, QueryOf } from '#http';
import { AUDITED_TYPES } from '#read-store';
import type { AuditBound, AuditedType, AuditFilter } from '#read-store';

const number = integer(0, null, undefined);

/** A time, or the number of an event. */
const bound: Parameter<AuditBound | undefined> = {
  expected: `the number of an event, or ${INSTANT_EXPECTED}`,
  read(said) {
    const found = number.read(said);
    if (found !== undefined) return { number: found };
    const ms = parseInstant(said);
    return ms === null ? undefined : { ms };
  },
  absent: undefined,
};

const types: Parameter<readonly AuditedType[] | undefined> = {
  expected: `${eventTypes.expected}, each with some that the audit log has`,
  read(list) {
    const found = eventTypes.read(list)?.map(auditedTypesLike);
    return found?.every((like) => like.length > 0) ? [...new Set(found.flat())] : undefined;
  },
  absent: undefined,
};

function auditedTypesLike(pattern: string): readonly AuditedType[] {
  const like = new Set<string>(typesLike(pattern));
  return AUDITED_TYPES.filter((type) => like.has(type));
}

const LIST_AUDIT = {
  actor: text,
  type: types,
  subject: text,
  from: bound,
  to: bound,
  correlation: text,
  command: text,
  order: oneOf(['asc', 'desc'], 'desc'),
  after: number,
  limit: integer(1, null, undefined),
};

export const listAuditParameters = withTypes(queryOf(LIST_AUDIT));
export type ListAudit = QueryOf<typeof LIST_AUDIT>;

/** What is not asked for stays out of the filter. */
export function filterOf({ type, order: _order, after: _after, limit: _limit, ...rest }: ListAudit): AuditFilter {
  const given = Object.entries({ ...rest, types: type }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

const PAGE = 50;
const LARGEST_PAGE = 1000;

/** Entries of a page. @throws ApiError when more are asked for than a page has */
export function pageLimit(limit: number | undefined): number {
  if (limit === undefined) return PAGE;
  if (limit <= LARGEST_PAGE) return limit;
  throw invalid(`limit is ${shown(String(limit))}, expected an integer from 1 to ${LARGEST_PAGE}`, {
    parameter: 'limit',
    value: String(limit),
  });
}
