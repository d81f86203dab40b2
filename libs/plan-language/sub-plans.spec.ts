import { InvalidPlan, linkPlans } from './index.js';
import { outcomes, plansOf, runPlans, succeeding } from './testing/run-plans.js';
import type { Answer } from './testing/run-plans.js';

const sub =
  'parameters:\n  targets: {type: TargetSpec}\n  n: {type: Integer, default: 2}\n  pw: {type: "Optional[Sensitive[String]]"}\nsteps:\n  - task: t\n    targets: $targets\nreturn: $n + 1\n';
const failing: Answer = (effect) =>
  effect.kind === 'run' ? outcomes(effect, () => ({ _error: { msg: 'no' } })) : succeeding(effect);

const main = (steps: string, result = 'null') => ({ main: `steps:\n${steps}\nreturn: ${result}\n`, 'a::sub': sub });

describe('a sub-plan', () => {
  it('runs between its beginning and its end, and its result is what the step stands for', () => {
    const told = runPlans(main('- name: s\n  plan: a::sub\n  targets: x,y\n  parameters: {n: 4, pw: secret}', '$s'));
    expect(told.effects).toMatchObject([
      { kind: 'plan-started', plan: 'a::sub', at: { plan: 'main', line: 3, step: 's' } },
      { kind: 'run', targets: ['x', 'y'], at: { plan: 'a::sub', line: 6, step: null } },
      { kind: 'plan-ended', plan: 'a::sub', isFailed: false },
    ]);
    expect(told.effects[0]).toHaveProperty('params', { targets: 'x,y', n: 4 });
    expect(told.ending).toEqual({ state: 'success', result: 5 });
  });

  it('is run by run_plan with targets or without', () => {
    const told = runPlans(
      main('- eval: |\n    run_plan("a::sub", "x") + run_plan(\'a::sub\', targets => y, n => 10)\n  name: sum', '$sum'),
    );
    expect(told.ending).toEqual({ state: 'success', result: 14 });
  });

  it('that fails ends, and the plan around it too', () => {
    const told = runPlans(main('- plan: a::sub\n  targets: x\n- message: never'), {}, failing);
    expect(told.effects.map(({ kind }) => kind)).toEqual(['plan-started', 'run', 'plan-ended']);
    expect(told.effects.at(-1)).toMatchObject({ isFailed: true });
    expect(told.ending).toMatchObject({ state: 'failure', error: { kind: 'bolt/run-failure' } });
  });

  it.each([
    ['- name: s\n  plan: a::sub\n  targets: x\n  catch_errors: true'],
    ["- name: s\n  eval: |\n    run_plan('a::sub', 'x', '_catch_errors' => true)"],
    ["- name: s\n  eval: |\n    catch_errors() || { run_plan('a::sub', 'x') }"],
    ["- name: s\n  eval: |\n    catch_errors(['bolt/run-failure']) || { run_plan('a::sub', 'x') }"],
  ])('that fails in %s gives its error', (step) => {
    const told = runPlans(main(step, '|\n  [$s.kind, $s.msg, $s.details[object], $s =~ Error]'), {}, failing);
    expect(told.ending).toEqual({
      state: 'success',
      result: ['bolt/run-failure', "run_task 't' failed on 1 target", 't', true],
    });
  });

  it('runs what it runs as the user that it is given', () => {
    const runAs = (steps: string) =>
      runPlans(main(steps)).effects.flatMap((each) => (each.kind === 'run' ? [each.runAs] : []));
    expect(runAs('- {plan: a::sub, targets: x, run_as: root}\n- {plan: a::sub, targets: x}')).toEqual(['root', null]);
  });

  it('has variables of its own', () => {
    const files = {
      main: 'steps:\n- name: n\n  eval: $m\n'.replace('$m', "'x'") + '- {name: s, plan: b}\nreturn: [$n, $s]\n',
      b: 'steps:\n- {name: n, eval: 1}\nreturn: $n\n',
    };
    expect(runPlans(files).ending).toEqual({ state: 'success', result: ['x', 1] });
  });

  it('may stand a thousand deep', () => {
    const files = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, i) => [
        `p${i}`,
        i === 999 ? 'steps: []\nreturn: 7\n' : `steps: [{name: s, plan: p${i + 1}}]\nreturn: $s\n`,
      ]),
    );
    expect(runPlans(files).ending).toEqual({ state: 'success', result: 7 });
  });

  it('refuses a value of the wrong type, and does not show it where it is sensitive', () => {
    const wrong = runPlans(main("- name: x\n  eval: 'one'\n- plan: a::sub\n  targets: x\n  parameters: {n: $x}"));
    expect(wrong.ending).toMatchObject({
      error: { msg: "main.yaml:4:3: parameter 'n' of plan a::sub is the string 'one', expected Integer" },
    });
    const secret = runPlans(main('- plan: a::sub\n  targets: x\n  parameters: {pw: [hunter2]}'));
    expect(JSON.stringify(secret)).not.toContain('hunter2');
  });
});

describe('plans that are put together', () => {
  const refusalOf = (files: Record<string, string>): InvalidPlan => {
    try {
      linkPlans('main', plansOf(files));
    } catch (error) {
      if (error instanceof InvalidPlan) return error;
      throw error;
    }
    throw new Error('they are put together');
  };

  it('name the plans that they may run, each once', () => {
    const { main: first } = Object.fromEntries(
      plansOf(main("- plan: a::sub\n  targets: x\n- eval: |\n    run_plan('a::sub', x)\n    run_plan('b')")),
    );
    expect(first?.subPlans).toEqual(['a::sub', 'b']);
  });

  it('need only be those that are run', () => {
    const plans = plansOf({ ...main('- plan: a::sub\n  targets: x'), other: 'steps: [{plan: nowhere}]\n' });
    expect([...linkPlans('main', plans).plans.keys()]).toEqual(['a::sub', 'main']);
  });

  it.each<[string, Record<string, string>, string, string]>([
    [
      'a plan that is not there',
      { main: 'steps: [{plan: b}]' },
      'bolt/unknown-plan',
      "main.yaml:1:16: plan 'b' is not known",
    ],
    [
      'a circle',
      { main: 'steps: [{plan: b}]', b: 'steps: [{plan: c}]', c: "steps:\n- eval: |\n    run_plan('b')" },
      'bolt/cyclic-plans',
      'b -> c -> b',
    ],
    ['a plan that runs itself', { main: 'steps: [{plan: main}]' }, 'bolt/cyclic-plans', 'main -> main'],
    [
      'parameters that are not known',
      main('- plan: a::sub\n  targets: x\n  parameters: {m: 1}'),
      'bolt/invalid-plan',
      "parameter 'm' is not known to plan 'a::sub', expected targets, n, pw",
    ],
    [
      'parameters that are missing',
      main('- plan: a::sub'),
      'bolt/invalid-plan',
      "parameter 'targets' of plan 'a::sub' is missing, expected TargetSpec",
    ],
    [
      'targets that are not taken',
      { main: 'steps: [{plan: b, targets: x}]', b: 'steps: []' },
      'bolt/invalid-plan',
      "plan 'b' is given targets",
    ],
  ])('are refused for %s', (_, files, kind, message) => {
    expect(refusalOf(files)).toMatchObject({ kind });
    expect(refusalOf(files).message).toContain(message);
  });
});
