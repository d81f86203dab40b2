import { invalid, step, unsupported } from './malformed-plan.js';
import type { MalformedPlan } from './malformed-plan.js';

/** What is wrong with the YAML. */
export const YAML: readonly MalformedPlan[] = [
  invalid('no text', '', 'the plan is empty, expected a hash'),
  invalid('comments only', '# nothing\n', 'the plan is empty, expected a hash'),
  invalid('a text', 'just text\n', "the plan is 'just text', expected a hash"),
  invalid('an array', '- steps\n', 'the plan is an array, expected a hash'),
  invalid('a tab for spaces', 'steps:\n\t- message: a\n', 'main.yaml:2:'),
  invalid('an array that does not end', 'steps: [\n', 'YAML cannot be read'),
  invalid('a text that does not end', 'steps: "\n', 'YAML cannot be read'),
  invalid('an escape that YAML does not know', step('message: "\\$x"'), 'YAML cannot be read: Invalid escape sequence'),
  invalid('two commas', 'steps: [,,]\n', "main.yaml:1:10: found ',', expected a value"),
  invalid('two documents', 'steps: []\n---\nsteps: []\n', 'a second document begins, expected one'),
  invalid('the same key twice', 'steps: []\nsteps: []\n', "main.yaml:2:1: key 'steps' is there twice"),
  invalid('the same key twice below', step('task: t\ntargets: a\nparameters: {a: 1, a: 2}'), "key 'a' is there twice"),
  invalid('a key that is no text', '? [a]\n: 1\nsteps: []\n', 'a key is no text, expected a text'),
  invalid('a key that is null', '~: 1\nsteps: []\n', 'a key is null, expected a text'),
  invalid('a number that is none', step('task: t\ntargets: a\nparameters: {n: .nan}'), 'the number is NaN'),
  invalid(
    'a number too large',
    step('task: t\ntargets: a\nparameters: {n: 99999999999999999999}'),
    'the number is 100000000000000000000',
  ),
  invalid('deep arrays', `steps: ${'['.repeat(100_000)}`, 'nested too deeply, expected at most 50 levels'),
  invalid('deep lists', `steps:\n${'- '.repeat(100_000)}a`, 'nested too deeply, expected at most 50 levels'),
  invalid('deep hashes', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'nested too deeply'),
  invalid('more than a mebibyte', `steps: []\n#${'x'.repeat(1024 * 1024)}`, 'characters, expected at most 1048576'),
  invalid('very many parts', `steps: [\n${'- a\n'.repeat(200_000)}`, 'more than 100000 parts of YAML'),
  unsupported('an anchor', 'steps: &a []\n', "the anchor '&a'"),
  unsupported('an alias', 'steps: *a\n', "the alias '*a'"),
  unsupported(
    'aliases that grow with each level',
    `a: &a [x, x]\n${Array.from('bcdefghij', (name, i) => `${name}: &${name} [*${'abcdefghi'[i]}, *${'abcdefghi'[i]}]`).join('\n')}\nsteps: *j\n`,
    "main.yaml:1:4: the anchor '&a'",
  ),
  unsupported('a merge key', step('task: t\ntargets: a\nparameters: {<<: {a: 1}}'), "the merge key '<<'"),
  unsupported('a tag', 'steps: !!seq []\n', "the tag '!!seq'"),
  unsupported('a tag of a class', step('eval: !ruby/object:Gem {}'), "the tag '!ruby/object:Gem'"),
  unsupported('a directive', '%YAML 1.1\n---\nsteps: []\n', "the directive '%YAML 1.1'"),
];
