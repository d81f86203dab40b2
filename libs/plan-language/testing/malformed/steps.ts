import { invalid, step, unsupported } from './malformed-plan.js';
import type { MalformedPlan } from './malformed-plan.js';

/** What is wrong with a step. */
export const STEPS: readonly MalformedPlan[] = [
  invalid('a step that is a text', 'steps: [a]\n', "a step is 'a', expected a hash"),
  invalid('a step that is null', 'steps: [~]\n', 'a step is null, expected a hash'),
  invalid('a step that does nothing', step('name: a'), 'a step has no key that says what is done'),
  invalid('a step that does two things', step('task: t\ncommand: c\ntargets: a'), "a step has 'task' and 'command'"),
  invalid(
    'a step with an unknown key',
    step('task: t\ntargets: a\nparamters: {}'),
    "main.yaml:4:3: key 'paramters' is not known in a step with 'task'",
  ),
  invalid(
    'a message with options',
    step('message: a\ncatch_errors: true'),
    "key 'catch_errors' is not known in a step with 'message'",
  ),
  invalid('the old key for targets', step('task: t\ntarget: a'), "key 'target' is no longer known, expected 'targets'"),
  invalid(
    'the old key for uploads',
    step('source: f\ndestination: g\ntargets: a'),
    "key 'source' is no longer known, expected 'upload'",
  ),
  invalid('a call that is only a text', step('eval: fail_plan("no")'), 'eval is the plain text \'fail_plan("no")\''),
  invalid(
    'a call that is returned as a text',
    'steps: []\nreturn: range(1, 3)\n',
    "return is the plain text 'range(1, 3)'",
  ),
  invalid(
    'targets that are a number',
    step('task: t\ntargets: 5'),
    'targets are the integer 5, expected names of nodes',
  ),
  invalid('a target that is a URI', step('task: t\ntargets: [a, "ssh://b"]'), "the target is the string 'ssh://b'"),
  invalid('a task with a bad name', step('task: bad name\ntargets: a'), "the task is the string 'bad name'"),
  invalid('a script outside modules', step('script: ../../etc/passwd\ntargets: a'), 'expected module/path'),
  invalid('a user that is a number', step('command: id\ntargets: a\nrun_as: 5'), '_run_as is the integer 5'),
  invalid('a task without targets', step('task: t'), "a step with 'task' has no 'targets'"),
  invalid(
    'an upload without destination',
    step('upload: m/f\ntargets: a'),
    "a step with 'upload' has no 'destination'",
  ),
  invalid(
    'parameters that are an array',
    step('task: t\ntargets: a\nparameters: [a]'),
    'parameters are an array, expected a hash',
  ),
  invalid(
    'an unknown option of a task',
    step('task: t\ntargets: a\nparameters: {_nop: true}'),
    "option '_nop' is not known to run_task",
  ),
  invalid(
    'noop twice',
    step('task: t\ntargets: a\nnoop: true\nparameters: {_noop: true}'),
    "'_noop' is given beside 'noop'",
  ),
  invalid(
    'catch_errors that is a text',
    step('task: t\ntargets: a\ncatch_errors: yes'),
    "catch_errors is 'yes', expected true or false",
  ),
  invalid('a name with a dash', step('name: a-b\neval: 1'), "the step's name is 'a-b'"),
  invalid(
    'a name that is computed',
    step('name: $a\neval: 1'),
    'the name of a step is computed, expected a plain string',
  ),
  invalid('a name that is a number', step('name: 1\neval: 1'), 'the name of a step is 1, expected a plain string'),
  invalid(
    'the same name twice',
    'steps: [{name: a, eval: 1}, {name: a, eval: 2}]\n',
    "the step's name is 'a', expected one that no parameter or step has",
  ),
  invalid("a parameter's name", 'parameters: {a: }\nsteps: [{name: a, eval: 1}]\n', "the step's name is 'a'"),
  invalid('a value of a later step', 'steps: [{eval: $b}, {name: b, eval: 1}]\n', "variable '$b' is not known here"),
  invalid('its own value', step('name: a\neval: $a'), "variable '$a' is not known here"),
  unsupported('resources', step('resources: []\ntargets: a'), "a step with 'resources'"),
  unsupported('pwsh_params', step('script: m/f\ntargets: a\npwsh_params: {}'), "'pwsh_params'"),
];
