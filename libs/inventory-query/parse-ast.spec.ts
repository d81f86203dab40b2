import fc from 'fast-check';

import type { Json } from '#domain';

import { InvalidQuery, parseAst, parsePql } from './index.js';
import { query } from './testing/arbitrary-query.js';
import { printAst } from './testing/print-ast.js';

describe('an AST', () => {
  it('is read back from its printed form as the same query', () => {
    fc.assert(fc.property(query, (each) => expect(parseAst(printAst(each))).toEqual(each)));
  });

  it.each<[string, Json]>([
    ['nodes { certname ~ ".*" }', ['from', 'nodes', ['~', 'certname', '.*']]],
    ['nodes { }', ['from', 'nodes']],
    ['nodes[certname] { }', ['from', 'nodes', ['extract', ['certname']]]],
    ['nodes[certname] { certname = "a" }', ['from', 'nodes', ['extract', 'certname', ['=', 'certname', 'a']]]],
    ['nodes { facts.kernel = "Linux" }', ['=', ['fact', 'kernel'], 'Linux']],
    ['nodes { facts.os.name = "x" }', ['=', 'facts.os.name', 'x']],
    ['nodes { facts.a."b c"[0] = 1 }', ['=', 'facts.a."b c"[0]', 1]],
    ['nodes[certname] { facts.n >= 3 }', ['extract', ['certname'], ['>=', 'facts.n', 3]]],
    [
      'nodes { expired is null and deactivated is not null }',
      ['and', ['null?', 'expired', true], ['null?', 'deactivated', false]],
    ],
    ['nodes { certname = "a" }', ['and', ['or', ['=', 'certname', 'a']]]],
    ['nodes { certname in ["a", "b"] }', ['in', 'certname', ['array', ['a', 'b']]]],
    ['nodes { facts.kernel in ["a"] }', ['in', ['fact', 'kernel'], ['array', ['a']]]],
    [
      'nodes { certname in facts[certname] { name = "a" limit 1 } }',
      ['in', ['certname'], ['from', 'facts', ['extract', 'certname', ['=', 'name', 'a']], ['limit', 1]]],
    ],
    ['nodes { facts { value = 1 } }', ['subquery', 'facts', ['=', 'value', 1]]],
    [
      'inventory { order by certname desc, timestamp limit 2 offset 1 }',
      ['from', 'inventory', ['offset', 1], ['limit', 2], ['order_by', [['certname', 'desc'], 'timestamp']]],
    ],
  ])('is the same query as %s', (text, json) => expect(parseAst(json)).toEqual(parsePql(text)));

  it.each<[Json, string]>([
    [null, 'condition is null, expected an array that begins with one of and, or, not, =, '],
    ['nodes { }', 'condition is "nodes { }", expected an array'],
    [{}, 'condition is {}, expected an array'],
    [[], 'condition is [], expected an array'],
    [['like', 'certname', 'a'], 'condition is ["like","certname","a"], expected an array'],
    [['constructor', 'certname', 'a'], 'condition is ["constructor"'],
    [['~>', 'path', ['a']], 'condition is ["~>","path",["a"]]'],
    [['from'], 'entity is null, expected one of nodes, inventory, facts'],
    [['from', 'resources', ['=', 'type', 'a']], 'entity is "resources", expected one of nodes, inventory, facts'],
    [['=', 'certname'], 'found ["=","certname"], expected ["=", field, value]'],
    [['=', 'certname', null], 'value is null, expected a string, a number'],
    [['=', 'certname', { a: 1 }], 'value is {"a":1}, expected a string, a number'],
    [['=', 'shoe', 1], 'nodes has no field shoe, expected one of certname'],
    [['=', 'facts.', 1], 'field is "facts.", expected a text such as "facts.os.name" or ["fact", name]'],
    [['=', ['parameter', 'a'], 1], 'field is ["parameter","a"], expected'],
    [['=', 5, 1], 'field is 5, expected'],
    [['<', 'facts.a', true], 'value is true, expected a number or a string'],
    [['<', 'facts_timestamp', 5], 'facts_timestamp is compared with 5, expected an ISO 8601 time'],
    [['~', 'certname', 5], 'pattern is 5, expected a string'],
    [['~', 'certname', '['], 'invalid regular expression "["'],
    [['null?', 'expired', 'yes'], 'null? is "yes", expected true or false'],
    [['and'], 'found ["and"], expected at least one condition'],
    [['not', ['=', 'certname', 'a'], ['=', 'certname', 'b']], 'expected ["not", condition]'],
    [['in', [], ['array', ['a']]], 'expected at least one field'],
    [['in', 'certname', ['a']], 'in looks into ["a"], expected ["array", values] or ["from", entity, query]'],
    [
      ['in', 'certname', ['extract', 'certname', ['select_facts']]],
      'in looks into ["extract","certname",["select_facts"]]',
    ],
    [['in', 'certname', ['array', 'a']], 'found ["array","a"], expected ["array", [value, …]]'],
    [['in', ['certname', 'expired'], ['array', ['a']]], 'several fields in a list are not supported'],
    [['in', 'certname', ['from', 'nodes']], 'in has 1 fields and its query 0, expected as many'],
    [['subquery'], 'expected ["subquery", entity, condition]'],
    [['extract', [['function', 'count']]], 'functions are not supported'],
    [['extract', ['certname'], ['=', 'certname', 'a'], ['group_by', 'certname']], 'and no grouping'],
    [['extract', ['expired']], 'the result names no nodes, expected certname among its fields'],
    [['from', 'nodes', ['limit', -1]], 'number of rows is -1, expected an integer from 0'],
    [['from', 'nodes', ['limit', 1], ['limit', 1]], '"limit" stands twice, expected it once'],
    [['from', 'nodes', ['limit', 1], ['=', 'certname', 'a']], 'expected a limit, offset or order_by with its value'],
    [['from', 'nodes', ['order_by', 'certname']], 'order_by is "certname", expected an array of fields'],
    [
      ['from', 'nodes', ['order_by', [['certname', 'up']]]],
      'order is ["certname","up"], expected [field, "asc" or "desc"]',
    ],
  ])('%j is refused', (json, reason) => {
    expect(() => parseAst(json)).toThrow(InvalidQuery);
    expect(() => parseAst(json)).toThrow(reason);
  });

  it('that is nested a hundred thousand levels deep is refused', () => {
    let condition: Json = ['=', 'certname', 'a'];
    let value: Json = 'a';
    for (let level = 0; level < 100_000; level += 1) {
      condition = ['not', condition];
      value = [value];
    }
    expect(() => parseAst(condition)).toThrow('nested too deeply');
    expect(() => parseAst(['=', 'certname', value])).toThrow('nested too deeply');
    expect(() => parseAst(value)).toThrow(InvalidQuery);
  });

  it('is either read or refused as an invalid query, whatever the value is', () => {
    const operator = fc.constantFrom(
      'from',
      'extract',
      'and',
      'not',
      '=',
      '~',
      'in',
      'null?',
      'array',
      'nodes',
      'limit',
    );
    const near = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Json>('certname', 'nodes', true, 1, null),
        fc.tuple(operator, fc.array(tie('json'), { maxLength: 3 })).map(([head, rest]): Json => [head, ...rest]),
      ),
    })).json;
    fc.assert(
      fc.property(fc.oneof(near, fc.jsonValue() as fc.Arbitrary<Json>), (json) => {
        try {
          parseAst(json);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidQuery);
        }
      }),
    );
  });
});
