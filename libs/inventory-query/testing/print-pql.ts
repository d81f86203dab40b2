import type { Condition, Field, Literal, Query } from '../query.js';

/** Writes a query in PQL. */
export function printPql({ entity, fields, where, orderBy, limit, offset }: Query): string {
  const projection = fields.length === 0 ? '' : `[${fields.map(printField).join(', ')}]`;
  const orders = orderBy.map(({ field, descending }) => `${printField(field)}${descending ? ' desc' : ''} `);
  const parts = [
    where === null ? '' : condition(where),
    orders.length === 0 ? '' : `order by ${orders.join(', ')}`,
    limit === null ? '' : `limit ${limit}`,
    offset === 0 ? '' : `offset ${offset}`,
  ];
  return `${entity}${projection} { ${parts.filter((part) => part !== '').join(' ')} }`;
}

function condition(each: Condition): string {
  switch (each.is) {
    case 'and':
    case 'or':
      return each.of.map(operand).join(` ${each.is} `);
    case 'not':
      return negation(each.of);
    case 'in list':
      return `${printField(each.field)} in [${each.values.map(literal).join(', ')}]`;
    case 'in query':
      return `[${each.fields.map(printField).join(', ')}] in ${printPql(each.query)}`;
    case 'related':
      return printPql(each.query);
    case 'null':
      return `${printField(each.field)} is null`;
    case '~':
      return `${printField(each.field)} ~ ${literal(each.pattern)}`;
    default:
      return `${printField(each.field)} ${each.is} ${literal(each.value)}`;
  }
}

function negation(each: Condition): string {
  if (each.is === 'null') return `${printField(each.field)} is not null`;
  if (each.is === '=') return `${printField(each.field)} != ${literal(each.value)}`;
  if (each.is === '~') return `${printField(each.field)} !~ ${literal(each.pattern)}`;
  return `!${operand(each)}`;
}

function operand(each: Condition): string {
  return each.is === 'and' || each.is === 'or' ? `(${condition(each)})` : condition(each);
}

/** Writes a field with each name below the first quoted. */
export function printField([column, ...path]: Field): string {
  return column + path.map((step) => (typeof step === 'number' ? `[${step}]` : `."${step}"`)).join('');
}

function literal(value: Literal): string {
  if (typeof value === 'object') return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return JSON.stringify(value);
  const text = String(value);
  return text.includes('.') ? text : text.replace(/^-?\d+/, '$&.0');
}
