import fc from 'fast-check';
import { Refusal } from '#domain';
import { ApiError, bodyCheck } from '#http';
import { nodesOf } from './nodes-of.js';
import { ScopeBody } from './scope-body.js';

const check = bodyCheck(ScopeBody);
const read = (scope: unknown) => nodesOf(check(scope));

describe('a scope', () => {
  it('gives its nodes in their order', () => {
    expect(read({ nodes: ['b.example.com', 'a'], query: null, color: 'red' })).toEqual(['b.example.com', 'a']);
  });

  it('holds only names that cannot lead out of a folder or break a line, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('..', '../x', 'a/b', 'a b', 'a\n')), { minLength: 1 }),
        (nodes) => {
          try {
            for (const node of read({ nodes })) {
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
    [{ query: 'nodes { }' }, 'scope.query is not supported yet, expected scope.nodes'],
    [{ nodes: ['a', 'b', 'a'] }, "scope.nodes has 'a' twice, expected each node once"],
  ])('%j is refused', (scope, message) => {
    expect(() => read(scope)).toThrow(message);
  });

  it.each([
    [[], 'empty-target'],
    [Array.from({ length: 15_001 }, (_, i) => `n${i}`), 'too-many-nodes'],
    [Array.from({ length: 4_000 }, (_, i) => `${i}`.padEnd(100, 'é')), 'too-many-nodes'],
  ])('%j is refused as the domain refuses it', (nodes, code) => {
    const refusal = expect.objectContaining({ reason: expect.objectContaining({ code }) as object }) as Error;
    expect(() => read({ nodes })).toThrow(refusal);
  });

  it('may have 15,000 nodes', () => {
    expect(read({ nodes: Array.from({ length: 15_000 }, (_, i) => `n${i}`) })).toHaveLength(15_000);
  });
});
