import { bodyCheck } from '#http';
import { RunEnvironmentPlanBody } from '../run-environment-plan/run-environment-plan.body.js';
import { unwrapped } from './wrapped-params.js';

const check = bodyCheck(RunEnvironmentPlanBody);
const read = (params: unknown) => unwrapped(check({ plan_name: 'a', params }).params);
const GROUP = '11111111-1111-4111-8111-111111111111';

describe('parameters in objects', () => {
  it('are values as they are, also objects and null', () => {
    expect(read({ a: { value: { type: 'query' } }, b: { value: null }, c: { value: 7, type: null } })).toEqual({
      params: { a: { type: 'query' }, b: null, c: 7 },
      found: {},
    });
  });

  it('may say how the nodes are found that are the value', () => {
    const ast = ['from', 'nodes', ['~', 'certname', '.*']];
    expect(
      read({
        text: { value: 'nodes[certname] { }', type: 'query' },
        ast: { value: ast, type: 'query' },
        group: { value: GROUP, type: 'node_group' },
      }),
    ).toEqual({
      params: {},
      found: { text: { query: 'nodes[certname] { }' }, ast: { query: ast }, group: { node_group: GROUP } },
    });
  });

  it.each([
    [null, 'params is missing'],
    [{ a: 7 }, 'params.a is a number, expected an object with the key value'],
    [{ a: {} }, 'params.a.value is missing'],
    [{ a: { value: 'x', type: 'pql' } }, "params.a.type is 'pql', expected 'query', 'node_group' or nothing"],
    [{ a: { value: 7, type: 'query' } }, "The value of parameter 'a' is 7, expected a query in PQL"],
    [{ a: { value: [], type: 'query' } }, "The value of parameter 'a' is an array, expected a query in PQL"],
    [
      { a: { value: 'web', type: 'node_group' } },
      "The value of parameter 'a' is 'web', expected the id of a node group",
    ],
    [{ a: { value: 'nodes {', type: 'query' } }, /PQL parse error at line 1, column 8/],
  ])('are not %j', (params, message) => {
    expect(() => read(params)).toThrow(message);
  });
});
