import { Refusal } from '#domain';
import { parseRule } from './parse-rule.js';
import { parseQuery } from './resolver.js';

const several = (count: number, pattern: string) =>
  `nodes { ${Array.from({ length: count }, (_, i) => `certname ~ '${pattern}${i}'`).join(' or ')} }`;

describe('the regular expressions of a query', () => {
  it('may be as many as people write', () => {
    expect(() => parseQuery(several(20, '^web[0-9]{1,3}\\\\.example\\\\.com'))).not.toThrow();
  });

  it.each([
    ['one that repeats too much', several(1, '(\\\\pL?0){700}')],
    ['one that repeats repetitions', several(1, '((.?){31}){31}')],
    ['many that repeat', several(1500, '(\\\\pL?0){300}')],
    [
      'many in a query within',
      `nodes { certname in ${several(300, '[[:alpha:]]{1,20}').replace('nodes', 'nodes[certname]')} }`,
    ],
    ['one that is too long', several(1, 'a'.repeat(1001))],
  ])('are refused at once where they are too large: %s', (_, query) => {
    expect(() => parseQuery(query)).toThrow(Refusal);
  });

  it('are refused in rules as in queries', () => {
    const rule = ['or', ...Array.from({ length: 100 }, () => ['~', 'name', '[a-z]{1,30}'])];
    expect(() => parseRule(rule)).toThrow(/too large beside the others/);
  });
});
