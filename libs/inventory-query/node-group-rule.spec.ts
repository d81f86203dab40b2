import fc from 'fast-check';

import type { Json } from '#domain';

import { InvalidRule, matchesRule, parseRule } from './index.js';
import { aNode } from './testing/a-node.js';
import { nodes } from './testing/arbitrary-node.js';
import { names } from './testing/arbitrary-query.js';

const node = aNode('web1.example.com', {
  facts: {
    os: { family: 'RedHat', release: { major: '7' } },
    cores: 4,
    load: 0.5,
    virtual: true,
    disks: ['sda'],
    no: null,
  },
  trusted: { extensions: { pp_role: 'web' } },
});

describe('the rule of a node group', () => {
  it.each<[Json, boolean]>([
    [['and', ['=', ['fact', 'os', 'family'], 'RedHat'], ['~', 'name', 'web']], true],
    [['and', ['=', ['fact', 'os', 'family'], 'RedHat'], ['~', 'name', 'db']], false],
    [['or', ['=', 'name', 'db1'], ['=', ['trusted', 'extensions', 'pp_role'], 'web']], true],
    [['or', ['=', 'name', 'db1']], false],
    [['not', ['=', 'name', 'db1']], true],
    [['~', 'name', '.*'], true],
    [['~', 'name', 'example$'], false],
    [['=', ['fact', 'disks', 0], 'sda'], true],
    [['=', ['fact', 'disks', 1], 'sda'], false],
    [['=', ['fact', 'cores'], '4'], true],
    [['=', ['fact', 'load'], '0.5'], true],
    [['~', ['fact', 'cores'], '^4$'], true],
    [['=', ['fact', 'virtual'], 'true'], true],
    [['>', ['fact', 'cores'], '10'], false],
    [['>=', ['fact', 'cores'], '4.0'], true],
    [['<', ['fact', 'os', 'release', 'major'], '10'], true],
    [['<=', ['fact', 'os', 'family'], 'Z'], false],
    [['<', ['fact', 'cores'], 'many'], false],
    [['=', ['fact', 'os'], 'RedHat'], false],
    [['=', ['fact', 'no'], 'null'], false],
    [['~', ['fact', 'missing'], '.*'], false],
    [['not', ['~', ['fact', 'missing'], '.*']], true],
    [['~', ['fact', 'constructor'], '.*'], false],
  ])('%j matches: %s', (rule, expected) => expect(matchesRule(parseRule(rule), node)).toBe(expected));

  it('takes in exactly the nodes that its negation leaves out', () => {
    const leaf = fc.record({
      is: fc.constantFrom('=' as const, '<' as const, '>=' as const),
      path: fc.oneof(fc.constant('name'), fc.tuple(fc.constantFrom('fact', 'trusted'), names)),
      value: fc.oneof(names, fc.constantFrom('0', '1', 'true')),
    });
    fc.assert(
      fc.property(leaf, nodes, ({ is, path, value }, among) => {
        const rule = parseRule([is, path, value]);
        const negation = parseRule(['not', [is, path, value]]);
        for (const each of among) expect(matchesRule(negation, each)).toBe(!matchesRule(rule, each));
      }),
    );
  });

  it.each<[Json, string]>([
    [null, 'rule is null, expected an array'],
    [[], 'operator is null, expected and, or, not, =, ~, <, <=, >, >='],
    [['!=', 'name', 'a'], 'operator is "!=", expected and, or, not'],
    [['and'], 'expected at least one condition'],
    [['not'], 'expected ["not", condition]'],
    [['not', ['=', 'name', 'a'], ['=', 'name', 'b']], 'expected ["not", condition]'],
    [['=', 'name'], 'expected ["=", path, value], the value as a string'],
    [['=', ['fact', 'cores'], 4], 'expected ["=", path, value], the value as a string'],
    [['=', 'certname', 'a'], 'path is "certname", expected "name", ["fact", name, …] or ["trusted", name, …]'],
    [['=', ['fact'], 'a'], 'path is ["fact"], expected'],
    [['=', ['fact', 0], 'a'], 'path is ["fact",0], expected'],
    [['=', ['fact', 'a', 1.5], 'a'], 'path is ["fact","a",1.5], expected'],
    [['~', 'name', '('], 'invalid regular expression "("'],
    [['and', ['or', ['=', 'name', 1]]], 'node group rule error in ["=","name",1]: '],
  ])('%j is refused', (rule, reason) => {
    expect(() => parseRule(rule)).toThrow(InvalidRule);
    expect(() => parseRule(rule)).toThrow(reason);
  });

  it('that is nested a hundred thousand levels deep is refused', () => {
    let rule: Json = ['=', 'name', 'a'];
    for (let level = 0; level < 100_000; level += 1) rule = ['not', rule];
    expect(() => parseRule(rule)).toThrow('nested too deeply');
  });

  it('is either read or refused as an invalid rule, whatever the value is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('and', 'not', '=', '~'), (value, operator) => {
        for (const rule of [value, [operator, value], [operator, value, value]]) {
          try {
            parseRule(rule as Json);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidRule);
          }
        }
      }),
    );
  });
});
