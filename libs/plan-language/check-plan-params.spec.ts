import fc from 'fast-check';

import type { Json, JsonObject } from '#domain';

import { checkPlanParams, execute, linkPlans, parsePlan } from './index.js';

const plan = parsePlan({
  name: 'web::deploy',
  file: 'web/plans/deploy.yaml',
  text: `
description: |
  Deploys $version
private: true
parameters:
  targets: {type: TargetSpec, description: Where}
  version: {type: 'String[1]'}
  count: {type: 'Integer[1, 9]', default: 3}
  note: {type: 'Optional[String]'}
  any:
  password: {type: 'Optional[Sensitive[String[8]]]'}
steps: []
return: [$targets, $version, $count, $note, $any, $password]
`,
});
const good = { targets: 'a', version: '1' };
const messages = (params: JsonObject) => checkPlanParams(plan, params).map(({ message }) => message);
const run = (params: JsonObject) =>
  execute(linkPlans(plan.name, new Map([[plan.name, plan]])), params, { seed: '' }).next();

describe('the parameters of a plan', () => {
  it('are told with types, defaults and descriptions', () => {
    expect(plan).toMatchObject({ name: 'web::deploy', description: 'Deploys $version', isPrivate: true });
    expect([...plan.parameters]).toMatchObject([
      ['targets', { typeText: 'TargetSpec', description: 'Where', isSensitive: false }],
      ['version', { typeText: 'String[1]', description: null }],
      ['count', { default: 3 }],
      ['note', { typeText: 'Optional[String]' }],
      ['any', { typeText: 'Any' }],
      ['password', { isSensitive: true }],
    ]);
    expect(plan.parameters.get('version')).not.toHaveProperty('default');
  });

  it('are in order with what is required; null counts as not given', () => {
    expect(checkPlanParams(plan, good)).toEqual([]);
    expect(checkPlanParams(plan, { ...good, count: null, note: null })).toEqual([]);
    expect(run({ ...good, count: null })).toMatchObject({ value: { result: ['a', '1', 3, null, null, null] } });
  });

  it('that are missing, wrong or unknown are named', () => {
    expect(checkPlanParams(plan, { version: 7, count: 'ten', note: ['a'], verson: '1' })).toEqual([
      { param: 'verson', message: "parameter 'verson' is not known to plan web::deploy" },
      { param: 'targets', message: "parameter 'targets' is missing, expected TargetSpec" },
      { param: 'version', message: "parameter 'version' is the number 7, expected String[1]" },
      { param: 'count', message: 'parameter \'count\' is the string "ten", expected Integer[1, 9]' },
      { param: 'note', message: "parameter 'note' is an array, expected Optional[String]" },
    ]);
  });

  it('that are nested too deeply are named', () => {
    let deep: Json = 1;
    for (let i = 0; i < 10_000; i += 1) deep = [deep];
    expect(messages({ ...good, any: deep })).toEqual([
      "parameter 'any' cannot be taken: the value is nested too deeply, expected at most 100 levels",
    ]);
  });

  it('that are sensitive are never shown', () => {
    expect(run({ ...good, password: 'hunter22' })).toMatchObject({ value: { state: 'success' } });
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{4,7}$/), (secret) => {
        expect(messages({ ...good, password: secret }).join()).toContain('password');
        expect(messages({ ...good, password: secret }).join()).not.toContain(secret);
        expect(JSON.stringify(run({ ...good, password: secret }))).not.toContain(secret);
        expect(JSON.stringify(run({ ...good, password: `1234${secret}` }))).not.toContain(secret);
      }),
    );
  });

  it('that JSON cannot tell apart are taken as their types say', () => {
    const text =
      "parameters: {f: {type: 'Array[Float]'}, s: {type: 'Hash[String, Sensitive[String]]'}}\nsteps: []\nreturn: |\n  [$f[0] / 2, $s]\n";
    const typed = parsePlan({ name: 't', file: 't.yaml', text });
    expect(typed.parameters.get('s')?.isSensitive).toBe(true);
    const program = linkPlans('t', new Map([['t', typed]]));
    expect(execute(program, { f: [1], s: { a: 'hunter2' } }, { seed: '' }).next().value).toEqual({
      state: 'success',
      result: [0.5, { a: 'Sensitive [value redacted]' }],
    });
  });

  it('are refused by the run exactly where they are refused by the check', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('a', 1, 3, null, ['a'], { a: 1 }, { a: 'b' }, [1.5]));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('targets', 'version', 'count', 'note', 'any', 'password'), value),
        (params) => {
          const given = params as JsonObject;
          const { value: ending } = run(given) as { value: { state: string } };
          expect(ending.state).toBe(checkPlanParams(plan, given).length === 0 ? 'success' : 'failure');
        },
      ),
    );
  });
});
