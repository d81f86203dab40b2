import fc from 'fast-check';

import { evaluateQuery, parseAst, parsePql } from './index.js';
import type { Condition, InventoryNode } from './index.js';
import { aNode } from './testing/a-node.js';
import { nodes } from './testing/arbitrary-node.js';
import { nodesCondition, query } from './testing/arbitrary-query.js';
import { printAst } from './testing/print-ast.js';
import { printPql } from './testing/print-pql.js';

const web1 = aNode('web1', {
  timestamp: '2024-05-05T12:00:00.000Z',
  facts: {
    aio_agent_version: '8.1.0',
    os: { name: 'CentOS', release: { major: '7' } },
    cores: 4,
    disks: ['sda', 'sdb'],
  },
  trusted: { extensions: { pp_role: 'web', '1.3.6.1': 'x' } },
});
const web2 = aNode('web2', {
  environment: 'test',
  timestamp: '2024-05-06T12:00:00.000Z',
  facts: { aio_agent_version: 8, os: { name: 'Debian' }, cores: 16, virtual: false },
});
const db1 = aNode('db1', { timestamp: null });
const old = aNode('old', { deactivated: '2024-01-01T00:00:00.000Z', facts: { cores: 1 } });
const gone = aNode('gone', { expired: '2024-02-02T00:00:00.000Z' });
const all = [web1, web2, db1, old, gone];

const found = (text: string, among: readonly InventoryNode[] = all): string[] => evaluateQuery(parsePql(text), among);

describe('a query', () => {
  it.each<[string, string[]]>([
    ['nodes[certname] { }', ['web1', 'web2', 'db1']],
    ['nodes { certname ~ "web" }', ['web1', 'web2']],
    ['nodes { certname = "web1" and !(deactivated is not null) }', ['web1']],
    ['inventory[certname] { facts.os.name = "CentOS" }', ['web1']],
    ['inventory[certname] { facts.aio_agent_version ~ "\\\\d+" }', ['web1']],
    ['nodes { certname in ["web1", "db1", "x"] }', ['web1', 'db1']],
    ['inventory { environment = "test" }', ['web2']],
    ['inventory { facts.disks[1] = "sdb" }', ['web1']],
    ['inventory { facts.disks = ["sda", "sdb"] }', ['web1']],
    ['inventory { facts.disks = "sda" }', []],
    ['inventory { trusted.extensions."1.3.6.1" = "x" }', ['web1']],
    ['inventory { facts.virtual = false }', ['web2']],
    ['inventory { facts.os.name.length = 6 }', []],
    ['inventory { facts.disks.length = 2 }', []],
    ['inventory { facts.constructor is not null }', []],
    ['facts { name = "cores" and value > 4 }', ['web2']],
    ['facts { name ~ "." }', ['web1', 'web2']],
    ['nodes { facts { name = "cores" and value > 4 } }', ['web2']],
    ['nodes { !facts { name = "cores" and value > 4 } }', ['web1', 'db1']],
    ['nodes { certname in facts[certname] { value = "8.1.0" } }', ['web1']],
    ['inventory { facts.cores in facts[value] { certname = "web2" } }', ['web2']],
    ['nodes { [certname, facts_environment] in inventory[certname, environment] { facts.cores = 4 } }', ['web1']],
    ['nodes { certname in nodes[certname] { order by certname limit 1 } }', ['db1']],
  ])('%s finds %j', (text, expected) => expect(found(text)).toEqual(expected));

  it.each<[string, string[]]>([
    ['facts.aio_agent_version = "8"', []],
    ['facts.aio_agent_version = 8', ['web2']],
    ['facts.aio_agent_version > 1', ['web2']],
    ['facts.aio_agent_version > "1"', ['web1']],
    ['facts.cores ~ "4"', []],
    ['facts.cores !~ "4"', ['web1', 'web2', 'db1']],
    ['facts.cores <= 4', ['web1']],
    ['facts.cores != 4', ['web2', 'db1']],
    ['facts.cores is null', ['db1']],
    ['facts.os < 5', []],
  ])('compares values of one type only: %s finds %j', (condition, expected) => {
    expect(found(`inventory { ${condition} }`)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['timestamp = "2024-05-05T14:00:00+02:00"', ['web1']],
    ['timestamp in ["2024-05-05T12:00:00Z"]', ['web1']],
    ['timestamp > "2024-05-06"', ['web2']],
    ['timestamp <= "2024-05-06T12:00:00"', ['web1', 'web2']],
    ['timestamp is null', ['db1']],
    ['timestamp ~ "^2024-05-05"', ['web1']],
  ])('compares times as instants: %s finds %j', (condition, expected) => {
    expect(found(`inventory { ${condition} }`)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['nodes { deactivated is not null }', ['old']],
    ['nodes { expired > "2024-01-01" or certname = "db1" }', ['db1', 'gone']],
    ['nodes { !(deactivated is null and expired is null) }', ['old', 'gone']],
    ['nodes[certname, deactivated] { order by expired }', ['web1', 'web2', 'db1']],
    ['facts { name = "cores" }', ['web1', 'web2']],
    ['nodes { certname in nodes[certname] { deactivated is not null } }', []],
  ])('finds deactivated and expired nodes only where it asks for them: %s finds %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    'catalog_timestamp',
    'report_timestamp',
    'catalog_environment',
    'latest_report_status',
    'latest_report_noop',
  ])('takes %s for null, as nothing is known of it', (field) => {
    expect(found(`nodes { ${field} is null }`)).toEqual(['web1', 'web2', 'db1']);
  });

  it.each<[string, string[]]>([
    ['nodes { order by certname }', ['db1', 'web1', 'web2']],
    ['nodes { order by certname desc limit 1 offset 1 }', ['web1']],
    ['nodes { order by facts_timestamp desc }', ['db1', 'web2', 'web1']],
    ['inventory { order by facts.cores }', ['web1', 'web2', 'db1']],
    ['facts { name = "cores" or name = "virtual" order by name desc, value limit 2 }', ['web2', 'web1']],
    ['nodes { limit 0 }', []],
    ['nodes { offset 1 }', ['web2', 'db1']],
  ])('orders and counts rows before it takes their nodes: %s finds %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('is the same from PQL and from an AST', () => {
    fc.assert(
      fc.property(query, nodes, (each, among) => {
        expect(evaluateQuery(parsePql(printPql(each)), among)).toEqual(evaluateQuery(parseAst(printAst(each)), among));
      }),
    );
  });

  it('finds each node that there is at most once', () => {
    fc.assert(
      fc.property(query, nodes, (each, among) => {
        const certnames = evaluateQuery(each, among);
        expect(new Set(certnames).size).toBe(certnames.length);
        expect(among.map((node) => node.certname)).toEqual(expect.arrayContaining(certnames));
      }),
    );
  });

  it('finds by a condition and by its negation each node exactly once', () => {
    fc.assert(
      fc.property(nodesCondition, nodes, (condition, among) => {
        const by = (where: Condition): string[] =>
          evaluateQuery({ entity: 'nodes', fields: [], where, orderBy: [], limit: null, offset: 0 }, among);
        const negation: Condition = { is: 'not', of: condition };
        const either = by({ is: 'or', of: [condition, negation] });
        expect([...by(condition), ...by(negation)].sort()).toEqual([...either].sort());
      }),
    );
  });

  it('is answered for a pattern on which backtracking would not end', () => {
    const text = 'a'.repeat(50_000);
    const among = [aNode('even', { facts: { text } }), aNode('odd', { facts: { text: `${text}b` } })];
    expect(found('inventory { facts.text ~ "^(a+)+$" }', among)).toEqual(['even']);
  });
});
