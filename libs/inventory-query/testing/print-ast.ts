import type { Json } from '#domain';

import type { Condition, Field, Query } from '../query.js';
import { printField } from './print-pql.js';

/** Writes a query as PuppetDB's AST. */
export function printAst({ entity, fields, where, orderBy, limit, offset }: Query): Json {
  const filter = where === null ? [] : [condition(where)];
  return [
    'from',
    entity,
    ...(fields.length === 0 ? filter : [['extract', fields.map(field), ...filter]]),
    ...(orderBy.length === 0
      ? []
      : [['order_by', orderBy.map((each) => (each.descending ? [field(each.field), 'desc'] : field(each.field)))]]),
    ...(limit === null ? [] : [['limit', limit]]),
    ...(offset === 0 ? [] : [['offset', offset]]),
  ];
}

function condition(each: Condition): Json {
  switch (each.is) {
    case 'and':
    case 'or':
      return [each.is, ...each.of.map(condition)];
    case 'not':
      return each.of.is === 'null' ? ['null?', field(each.of.field), false] : ['not', condition(each.of)];
    case 'in list':
      return ['in', field(each.field), ['array', each.values]];
    case 'in query':
      return ['in', each.fields.map(field), printAst(each.query)];
    case 'related':
      return ['subquery', each.query.entity, ...(each.query.where === null ? [] : [condition(each.query.where)])];
    case 'null':
      return ['null?', field(each.field), true];
    case '~':
      return ['~', field(each.field), each.pattern];
    default:
      return [each.is, field(each.field), each.value];
  }
}

function field(each: Field): Json {
  const [column, name, ...path] = each;
  return column === 'facts' && typeof name === 'string' && path.length === 0 ? ['fact', name] : printField(each);
}
