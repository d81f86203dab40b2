import fc from 'fast-check';

import { InvalidQuery, parsePql } from './index.js';
import type { Condition, Query } from './index.js';
import { query } from './testing/arbitrary-query.js';
import { printPql } from './testing/print-pql.js';

const whole = (given: Partial<Query>): Query => ({
  entity: 'nodes',
  fields: [],
  where: null,
  orderBy: [],
  limit: null,
  offset: 0,
  ...given,
});
const where = (condition: string): Condition | null => parsePql(`nodes { ${condition} }`).where;
const a: Condition = { is: '=', field: ['certname'], value: 'a' };
const b: Condition = { is: '=', field: ['certname'], value: 'b' };
const c: Condition = { is: '=', field: ['certname'], value: 'c' };

function refusalOf(text: string): InvalidQuery {
  try {
    parsePql(text);
  } catch (error) {
    if (error instanceof InvalidQuery) return error;
    throw error;
  }
  throw new Error(`${text} is read`);
}

/** Text that comes near a query more often than chance would. */
const almostPql = fc
  .array(
    fc.constantFrom(
      ...['nodes', 'inventory', 'facts', 'resources', 'certname', 'facts.os', '.', '"a"', "'", '"', '\\', '\\u12'],
      ...['{', '}', '[', ']', '(', ')', ',', '!', '=', '~', '~>', '<', '>=', ' in ', ' is null', ' and ', ' or '],
      ...['limit ', 'offset ', 'order by ', 'group by ', '1', '-', '.5', 'e9', '[0]', 'count(', 'match(', '\n', ' '],
    ),
  )
  .map((parts) => parts.join(''));

describe('PQL', () => {
  it('is read back from its printed form as the same query', () => {
    fc.assert(fc.property(query, (each) => expect(parsePql(printPql(each))).toEqual(each)));
  });

  it.each<[string, Query]>([
    ['nodes[certname] { }', whole({ fields: [['certname']] })],
    ['nodes[]{}', whole({})],
    ['nodes { certname ~ "web" }', whole({ where: { is: '~', field: ['certname'], pattern: 'web' } })],
    [
      'nodes { certname = "a" and !(deactivated is not null) }',
      whole({
        where: {
          is: 'and',
          of: [a, { is: 'not', of: { is: 'not', of: { is: 'null', field: ['deactivated'] } } }],
        },
      }),
    ],
    [
      'inventory[certname] { facts.os.name = "CentOS" }',
      whole({
        entity: 'inventory',
        fields: [['certname']],
        where: { is: '=', field: ['facts', 'os', 'name'], value: 'CentOS' },
      }),
    ],
    [
      'inventory[certname] { facts.aio_agent_version ~ "\\\\d+" }',
      whole({
        entity: 'inventory',
        fields: [['certname']],
        where: { is: '~', field: ['facts', 'aio_agent_version'], pattern: '\\d+' },
      }),
    ],
    [
      'nodes[certname, expired] { order by expired desc, certname limit 10 offset 5 }',
      whole({
        fields: [['certname'], ['expired']],
        orderBy: [
          { field: ['expired'], descending: true },
          { field: ['certname'], descending: false },
        ],
        limit: 10,
        offset: 5,
      }),
    ],
  ])('%s is read', (text, expected) => expect(parsePql(text)).toEqual(expected));

  it('binds ! before and, and that before or', () => {
    expect(where('certname = "a" or ! certname = "b" and certname = "c"')).toEqual({
      is: 'or',
      of: [a, { is: 'and', of: [{ is: 'not', of: b }, c] }],
    });
  });

  it('groups by parentheses', () => {
    expect(where('(certname = "a" or certname = "b") and certname = "c"')).toEqual({
      is: 'and',
      of: [{ is: 'or', of: [a, b] }, c],
    });
  });

  it.each<[string, Condition]>([
    ['certname != "a"', { is: 'not', of: a }],
    ['certname !~ "a"', { is: 'not', of: { is: '~', field: ['certname'], pattern: 'a' } }],
    ['facts.n<=-1', { is: '<=', field: ['facts', 'n'], value: -1 }],
    ['facts.n > 4.1E3', { is: '>', field: ['facts', 'n'], value: 4100 }],
    ['facts.b = true', { is: '=', field: ['facts', 'b'], value: true }],
    ['facts.l = ["a", [1]]', { is: '=', field: ['facts', 'l'], value: ['a', [1]] }],
    ['expired is null', { is: 'null', field: ['expired'] }],
    ['certname in[\'a\',"b"]', { is: 'in list', field: ['certname'], values: ['a', 'b'] }],
    [
      'certname in facts[certname] { name = "kernel" }',
      {
        is: 'in query',
        fields: [['certname']],
        query: whole({
          entity: 'facts',
          fields: [['certname']],
          where: { is: '=', field: ['name'], value: 'kernel' },
        }),
      },
    ],
    [
      'facts { name = "kernel" }',
      { is: 'related', query: whole({ entity: 'facts', where: { is: '=', field: ['name'], value: 'kernel' } }) },
    ],
    [
      'trusted.extensions."1.3.6 x"[0][1].b is null',
      { is: 'null', field: ['trusted', 'extensions', '1.3.6 x', 0, 1, 'b'] },
    ],
    ['facts.mountpoints./.size-x = 1', { is: '=', field: ['facts', 'mountpoints', '/', 'size-x'], value: 1 }],
  ])('reads %s', (text, expected) => expect(where(text)).toEqual(expected));

  it.each([
    ['"a\\\\d\\"\\n\\u00e9"', 'a\\d"\né'],
    ["'a\\\\d\\'\\n'", "a\\\\d'\\n"],
  ])('unescapes %s', (text, value) => expect(where(`certname = ${text}`)).toEqual({ ...a, value }));

  it('shows the place of an error and what was expected there', () => {
    const error = refusalOf('nodes {\n  certname = }');
    expect(error.message).toBe(
      [
        'PQL parse error at line 2, column 14:',
        '  certname = }',
        '             ^',
        'Expected one of:',
        ...['"["', '"false"', '"true"', 'a number', 'a string'],
      ].join('\n'),
    );
    expect(error.at).toEqual({ line: 2, column: 14 });
  });

  it.each([
    ['', 1, '"facts"\n"inventory"\n"nodes"'],
    ['nodes', 6, '"["\n"{"'],
    ['nodes { } x', 11, 'end of query'],
    ['resources { }', 1, 'the entity resources is not supported'],
    ['nodes { fact_contents { value = 1 } }', 9, 'the entity fact_contents is not supported'],
    ['nodes[certname, count()] { }', 17, 'the function count is not supported'],
    ['facts[certname] { group by certname }', 19, 'group by is not supported'],
    ['nodes { facts.a ~> ["a"] }', 17, 'the operator ~> is not supported'],
    ['nodes { facts.match("a") = 1 }', 15, 'match(...) in a field is not supported'],
    ['nodes { parameters.a = 1 }', 9, 'the field parameters is not supported'],
    ['nodes { cert = "a" }', 9, 'nodes has no field cert, expected one of certname, '],
    ['inventory { deactivated is null }', 13, 'inventory has no field deactivated'],
    ['facts { value.a = 1 }', 14, '"="'],
    ['nodes { certname = "a" AND certname = "b" }', 24, '"and"'],
    ['nodes { certname = "a" and(certname = "b") }', 27, 'whitespace'],
    ['nodes { certname ~ 5 }', 20, 'a string'],
    ['nodes { certname ~ "(" }', 9, 'invalid regular expression "(": error parsing regexp: missing closing ): `(`'],
    ['nodes { certname !~ "(?=a)" }', 9, 'invalid regular expression "(?=a)"'],
    ['nodes { certname < true }', 20, 'a number\na string'],
    ['nodes { certname = "a\\d" }', 22, 'a character'],
    ['nodes { certname = null }', 20, 'a string'],
    ['nodes { expired > "yesterday" }', 9, 'expired is compared with "yesterday", expected an ISO 8601 time'],
    ['nodes { expired = 5 }', 9, 'expired is compared with 5, expected an ISO 8601 time'],
    ['nodes { facts.n = 9007199254740993 }', 19, '9007199254740993 is too large a number'],
    ['nodes { facts.n = 1.0e999 }', 9, 'expected a string, a number'],
    ['nodes { certname in [] }', 22, 'a string'],
    ['nodes { certname in facts { } }', 9, 'in has 1 fields and its query 0, expected as many'],
    ['nodes { [certname, expired] in ["a"] }', 9, 'several fields in a list are not supported'],
    ['nodes { limit 1 limit 2 }', 17, '"limit" stands twice'],
    ['nodes { limit -1 }', 15, 'a number of rows'],
    ['nodes { order by shoe }', 1, 'nodes has no field shoe'],
    ['nodes { facts { limit 1 } }', 17, 'limit in a subquery without in is not supported'],
    ['nodes[expired] { }', 1, 'the result names no nodes, expected certname among its fields'],
    [`nodes { ${'!'.repeat(101)}certname = "a" }`, 109, 'nested too deeply, expected at most 100 levels'],
  ])('%s is refused', (text, column, reason) => {
    const error = refusalOf(text);
    expect(error.message).toMatch(new RegExp(`^PQL parse error at line 1, column ${column}:\n`));
    expect(error.message).toContain(reason);
  });

  it('that is nested a hundred thousand levels deep is refused', () => {
    for (const each of ['(', '!', 'nodes {', '[certname] in nodes {', 'certname in [[']) {
      expect(refusalOf(`nodes { ${each.repeat(100_000)}`).at).not.toBeNull();
    }
  });

  it('shows only the surroundings of an error in a long line', () => {
    expect(refusalOf(`nodes { certname in [${'"a", '.repeat(50_000)}] }`).message.length).toBeLessThan(300);
  });

  it('is either read or refused as an invalid query, whatever the text is', () => {
    const read = (text: string): void => {
      try {
        parsePql(text);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidQuery);
      }
    };
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), almostPql), read));
    fc.assert(fc.property(almostPql, (inner) => read(`nodes { ${inner} }`)));
  });
});
