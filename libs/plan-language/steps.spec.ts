import type { Effect } from './index.js';
import { outcomes, runPlans, succeeding } from './testing/run-plans.js';
import type { Answer } from './testing/run-plans.js';

const plan = (steps: string, result = 'null') => ({ 'web::deploy': `steps:\n${steps}\nreturn: ${result}\n` });
const effectsOf = (steps: string, answer?: Answer) => runPlans(plan(steps), {}, answer).effects;
const endingOf = (steps: string, result?: string, answer?: Answer) => runPlans(plan(steps, result), {}, answer).ending;

/** Fails on the target `bad`. */
const failingOnBad: Answer = (effect) =>
  effect.kind === 'run'
    ? outcomes(effect, (target) => (target === 'bad' ? { _error: { kind: 'x/y', msg: 'no', details: {} } } : { n: 1 }))
    : succeeding(effect);

const common = { description: null, runAs: null, timeoutS: null };
const at = (line: number, step: string | null = null) => ({ plan: 'web::deploy', line, step });

describe('a step', () => {
  it.each<[string, object]>([
    [
      '- task: web::restart\n  name: r\n  targets: a\n  parameters: {n: 1, s: "x${1 + 1}", l: [true, null]}\n  noop: true\n  run_as: root\n  description: now',
      {
        ...common,
        kind: 'run',
        at: at(2, 'r'),
        action: 'task',
        task: 'web::restart',
        targets: ['a'],
        description: 'now',
        runAs: 'root',
        params: { n: 1, s: 'x2', l: [true, null] },
        sensitive: [],
        noop: true,
      },
    ],
    [
      "- command: 'echo $x'\n  targets: [a, 'b,c', a]\n  env_vars: {A: 1, B: {c: d}}",
      {
        ...common,
        kind: 'run',
        at: at(2),
        action: 'command',
        command: 'echo $x',
        targets: ['a', 'b', 'c'],
        envVars: { A: '1', B: '{"c":"d"}' },
        sensitive: [],
      },
    ],
    [
      '- script: web/run.sh\n  targets: a\n  arguments: [x, 1]',
      {
        ...common,
        kind: 'run',
        at: at(2),
        action: 'script',
        script: 'web/run.sh',
        targets: ['a'],
        arguments: ['x', '1'],
        envVars: {},
        sensitive: [],
      },
    ],
    [
      '- upload: web/f\n  destination: /tmp/f\n  targets: a',
      { ...common, kind: 'run', at: at(2), action: 'upload', source: 'web/f', destination: '/tmp/f', targets: ['a'] },
    ],
    [
      '- download: /etc/f\n  destination: f\n  targets: a',
      { ...common, kind: 'run', at: at(2), action: 'download', source: '/etc/f', destination: 'f', targets: ['a'] },
    ],
    ['- message: "a${1 + 1}"', { kind: 'message', at: at(2), text: 'a2', isVerbose: false }],
    ['- message: {a: [1]}', { kind: 'message', at: at(2), text: '{\n  "a": [\n    1\n  ]\n}', isVerbose: false }],
    ["- verbose: 'a$b'", { kind: 'message', at: at(2), text: 'a$b', isVerbose: true }],
    [
      '- eval: |\n    $a = 1\n    [$a, Sensitive(2)]',
      { kind: 'evaluated', at: at(2), value: [1, 'Sensitive [value redacted]'] },
    ],
  ])('%s asks for what it says', (step, effect) => expect(effectsOf(step)).toEqual([effect]));

  it('asks for nothing where it has no targets', () => {
    const steps = '- task: t\n  targets: []\n  name: none';
    expect(effectsOf(steps)).toEqual([]);
    expect(endingOf(steps, '$none')).toEqual({ state: 'success', result: [] });
  });

  it('keeps what its name stands for', () => {
    const steps =
      '- name: one\n  command: x\n  targets: a\n- name: two\n  eval: $one.first\n- name: three\n  message: x';
    expect(endingOf(steps, '|\n  [$one, $two["stdout"], $three]')).toEqual({
      state: 'success',
      result: [[{ target: 'a', action: 'command', object: 'x', status: 'success', value: { stdout: 'x' } }], 'x', null],
    });
  });

  it('of a task names its parameters that hold something sensitive, and gives them in the clear', () => {
    const steps = '- task: t\n  targets: a\n  parameters:\n    open: 1\n    key: |\n      { deep => [Sensitive(pw)] }';
    expect(effectsOf(steps)).toMatchObject([{ params: { open: 1, key: { deep: ['pw'] } }, sensitive: ['key'] }]);
  });

  it('that fails on targets ends the plan with a run-failure', () => {
    const steps = '- task: web::x\n  targets: [good, bad, worse]\n- message: never';
    const told = runPlans(plan(steps), {}, (effect) =>
      effect.kind === 'run'
        ? outcomes(effect, (name) => (name === 'good' ? {} : { _error: { msg: 'no' } }))
        : undefined,
    );
    expect(told.effects).toHaveLength(1);
    expect(told.ending).toMatchObject({
      state: 'failure',
      error: {
        kind: 'bolt/run-failure',
        msg: "run_task 'web::x' failed on 2 targets",
        details: {
          action: 'run_task',
          object: 'web::x',
          result_set: [
            { target: 'good', status: 'success' },
            { target: 'bad', status: 'failure' },
            { target: 'worse' },
          ],
        },
      },
    });
  });

  it('with catch_errors goes on, and its results tell what failed', () => {
    const steps = '- name: r\n  task: t\n  targets: [good, bad]\n  catch_errors: true';
    const result =
      '|\n  [$r.ok, $r.ok_set.names, $r.error_set.map |$e| { $e.error.kind }, $r.find(good).value[n], $r.error_set.first.error.msg]';
    expect(endingOf(steps, result, failingOnBad)).toEqual({
      state: 'success',
      result: [false, ['good'], ['x/y'], 1, 'no'],
    });
  });

  it('that is refused ends the plan with what was said', () => {
    const refused = { kind: 'daybook/unknown-task', msg: 'there is no task t', details: { task: 't' } };
    const answer = (effect: Effect) => (effect.kind === 'run' ? { refused } : undefined);
    expect(endingOf('- task: t\n  targets: a\n  catch_errors: true', 'null', answer)).toEqual({
      state: 'failure',
      error: refused,
    });
  });

  it.each<[string, string]>([
    ["- task: t\n  targets: |\n    'a b'", "the target is the string 'a b', expected the name of a node"],
    ["- task: t\n  targets: |\n    'ssh://a'", "the target is the string 'ssh://a', expected the name of a node"],
    ['- task: t\n  targets: |\n    7', 'targets are the integer 7, expected names of nodes'],
    ["- task: |\n    'T'\n  targets: a", "the task is the string 'T', expected a name such as module::task"],
    [
      "- script: |\n    'run.sh'\n  targets: a",
      "the file is the string 'run.sh', expected module/path or an absolute path",
    ],
    ["- script: |\n    'web/../x'\n  targets: a", "expected module/path or an absolute path, without '..'"],
    ['- command: |\n    [a]\n  targets: a', 'the argument is an array of 1 element, expected a string'],
    ['- command: a\n  targets: a\n  run_as: |\n    7', '_run_as is the integer 7, expected a string'],
    ["- command: a\n  targets: a\n  env_vars: |\n    { 'a-b' => 1 }", "a name in _env_vars is the string 'a-b'"],
    ['- command: a\n  targets: a\n  catch_errors: $one', '_catch_errors is the integer 1, expected true or false'],
  ])('%s ends with an evaluation-error', (step, message) => {
    const ending = endingOf(`- name: one\n  eval: |\n    1\n${step}`);
    expect(ending).toMatchObject({ state: 'failure', error: { kind: 'bolt/evaluation-error' } });
    expect(ending.state === 'failure' && ending.error.msg).toContain(message);
  });
});

describe('how a text is written', () => {
  const valueOf = (text: string) => {
    const { ending } = runPlans({ t: `parameters: {x: {default: 1}}\nsteps: []\nreturn: ${text}\n` });
    return ending.state === 'success' ? ending.result : ending.error;
  };

  it.each<[string, unknown]>([
    ["'$x ${x}'", '$x ${x}'],
    ['"$x ${x} ${$x + 1}"', '1 1 2'],
    ['"\\\\$x \\t|"', '$x \t|'],
    ['$x', 1],
    ['$x + 1', 2],
    ['x$x', 'x$x'],
    ['7', 7],
    ['1.5', 1.5],
    ['true', true],
    ['~', null],
    ['yes', 'yes'],
    ['>\n  $x\n  b', '$x b\n'],
    ['|\n  $x', 1],
    ['|-\n  # c\n  $y = $x\n  $y', 1],
    ['{a: $x, $x: [$x, "$x", \'$x\']}', { a: 1, $x: [1, '1', '$x'] }],
  ])('says whether %s is code', (text, value) => expect(valueOf(text)).toEqual(value));
});
