import { invalid } from './malformed-plan.js';
import type { MalformedPlan } from './malformed-plan.js';

const parameter = (text: string) => `parameters:\n  p: ${text}\nsteps: []\n`;

/** What is wrong above the steps. */
export const TOP: readonly MalformedPlan[] = [
  invalid('no steps', 'description: a\n', "the plan has no 'steps', expected an array of them"),
  invalid('steps that are a hash', 'steps: {}\n', 'steps are a hash, expected an array'),
  invalid('steps that are null', 'steps:\n', 'steps are null, expected an array'),
  invalid('an unknown key', 'step: []\nsteps: []\n', "key 'step' is not known in a plan"),
  invalid('private that is a text', 'private: yes\nsteps: []\n', "private is 'yes', expected true or false"),
  invalid('a description that is a number', 'description: 7\nsteps: []\n', 'description is 7, expected a string'),
  invalid('parameters that are an array', 'parameters: [a]\nsteps: []\n', 'parameters are an array, expected a hash'),
  invalid('a parameter that is a text', parameter('String'), "parameter 'p' is 'String', expected a hash"),
  invalid('a parameter with an unknown key', parameter('{typ: String}'), "key 'typ' is not known in parameter 'p'"),
  invalid('a parameter with a capital letter', 'parameters: {Name: {}}\nsteps: []\n', "the parameter's name is 'Name'"),
  invalid(
    'a parameter that begins with a digit',
    'parameters: {1st: {}}\nsteps: []\n',
    "the parameter's name is '1st'",
  ),
  invalid(
    'a type that is unknown',
    parameter('{type: Strng}'),
    "type of parameter 'p' cannot be read: type is 'Strng'",
  ),
  invalid('a type that does not end', parameter('{type: "Array[String"}'), "type of parameter 'p' cannot be read"),
  invalid('a type with lookahead', parameter("{type: 'Pattern[/(?=a)/]'}"), "type of parameter 'p' cannot be read"),
  invalid('a deep type', parameter(`{type: '${'Array['.repeat(10_000)}'}`), 'nested too deeply'),
  invalid(
    'a default of another type',
    parameter('{type: Integer, default: one}'),
    "default of parameter 'p' is 'one', expected Integer",
  ),
  invalid(
    'a secret default of another type',
    parameter("{type: 'Sensitive[Integer]', default: hunter2}"),
    "default of parameter 'p' is of another type",
  ),
  invalid(
    'a default that is code',
    parameter('{default: $other}'),
    "default of parameter 'p' is code, expected a plain value",
  ),
];
