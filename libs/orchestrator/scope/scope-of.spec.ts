import fc from 'fast-check';
import { Refusal } from '#domain';
import { ApiError, bodyCheck } from '#http';
import { scopeOf } from './scope-of.js';
import { ScopeBody } from './scope-body.js';

const check = bodyCheck(ScopeBody);
const read = (scope: unknown) => scopeOf(check(scope));
const nodesIn = (scope: unknown) => (read(scope) as { readonly nodes: readonly string[] }).nodes;

describe('a scope', () => {
  it('gives its nodes in their order', () => {
    expect(read({ nodes: ['b.example.com', 'a'], query: null, color: 'red' })).toEqual({
      nodes: ['b.example.com', 'a'],
    });
  });

  it('holds only names that cannot lead out of a folder or break a line, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('..', '../x', 'a/b', 'a b', 'a\n')), { minLength: 1 }),
        (nodes) => {
          try {
            for (const node of nodesIn({ nodes })) {
              expect([...node].length).toBeGreaterThanOrEqual(1);
              expect(node).not.toMatch(/\s|\/|\.\.|[\0-\x1f]/);
            }
          } catch (error) {
            expect(error instanceof ApiError || error instanceof Refusal).toBe(true);
          }
        },
      ),
    );
  });

  it.each([
    [{}, /^scope has no key, expected exactly one/],
    [{ nodes: ['a'], query: 'nodes { }' }, /^scope has nodes and query, expected exactly one/],
    [{ application: 'App' }, 'scope.application is gone, expected scope.nodes, scope.query or scope.node_group'],
    [{ query: 7 }, 'query is 7, expected a query in PQL'],
    [{ node_group: 'web' }, "node_group is 'web', expected the id of a node group"],
    [{ nodes: ['a', 'b', 'a'] }, "scope.nodes has 'a' twice, expected each node once"],
  ])('%j is refused', (scope, message) => {
    expect(() => read(scope)).toThrow(message);
  });

  it.each([
    [{ query: 'nodes[certname] { certname ~ "web" }' }],
    [{ query: ['from', 'nodes', ['~', 'certname', '.*']] }],
  ])('may be %j', (scope) => {
    expect(read(scope)).toEqual(scope);
  });

  it('with a query that cannot be read is refused with the place', () => {
    expect(() => read({ query: 'nodes { certname ~ }' })).toThrow(/PQL parse error at line 1, column 20/);
  });

  it('may have 15,000 nodes', () => {
    expect(nodesIn({ nodes: Array.from({ length: 15_000 }, (_, i) => `n${i}`) })).toHaveLength(15_000);
  });
});
