import fc from 'fast-check';

import { execute, InvalidPlan, linkPlans, parsePlan } from './index.js';
import type { Effect, Ending, Plan } from './index.js';
import { outcomes, planOfCode, runPlans, succeeding } from './testing/run-plans.js';

const readOrRefused = (text: string): Plan | null => {
  try {
    return parsePlan({ name: 't', file: 't.yaml', text });
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidPlan);
    return null;
  }
};

/** Text that comes near code more often than chance would. */
const almostCode = fc
  .array(
    fc.constantFrom(
      ...['$a', '$b', '1', '2.5', "'x'", '"y$a"', '"${', '}', '{', '(', ')', '[', ']', ',', '=>', '=', ' ', '\n', '# '],
      ...[
        '+',
        '-',
        '*',
        '/',
        '%',
        '==',
        '=~',
        '/x/',
        ' in ',
        ' and ',
        ' or ',
        '!',
        '<<',
        '?',
        ':',
        '|',
        '|$x|',
        '.',
        ';',
      ],
      ...['if ', 'else', 'case ', 'unless ', 'default', 'undef', 'Integer', 'Array[', '.map', '.each |$x| {', 'upcase'],
      ...['run_task', 'return', 'next()', 'break()', 'catch_errors() || {', '/*', '*/', '@(', '\\', '$', '😀', 'class'],
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(''));

/** Code that is well formed, though it may fail; `$v0` to `$v2` are known. */
const { code } = fc.letrec<{ code: string }>((tie) => {
  const of = tie('code');
  const list = fc.array(of, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
  const operators = ['+', '-', '*', '/', '%', '<<', '>>', '==', '!=', '<', '>=', 'in', '=~', 'and', 'or'];
  const methods = [
    'upcase',
    'flatten',
    'unique',
    'sort',
    'length',
    'empty',
    'first',
    'keys',
    'sum',
    'max',
    'to_json',
    'names',
    'ok',
  ];
  const going = ['map', 'filter', 'any', 'all', 'each', 'reverse_each', 'count', 'group_by', 'index'];
  return {
    code: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom(
        '1',
        '-2',
        '2.5',
        "'a'",
        "'12'",
        '"x$v0"',
        'undef',
        'true',
        '$v0',
        '$v1',
        '$v2',
        '/a/',
        'Integer',
        '$1',
      ),
      list,
      fc.tuple(of, of).map(([key, value]) => `{ ${key} => ${value} }`),
      fc.tuple(of, fc.constantFrom(...operators), of).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      fc.tuple(of, fc.constantFrom(...methods)).map(([a, name]) => `${a}.${name}`),
      fc.tuple(of, fc.constantFrom(...going), of).map(([a, name, b]) => `${a}.${name} |$v1| { ${b} }`),
      fc.tuple(of, of).map(([a, b]) => `${a}.reduce |$v0, $v1| { ${b} }`),
      fc.tuple(of, of, of).map(([a, b, c]) => `(if ${a} { ${b} } else { ${c} })`),
      fc.tuple(of, of, of).map(([a, b, c]) => `(case ${a} { ${b}: { ${c} } default: { 1 } })`),
      fc.tuple(of, of).map(([a, b]) => `(${a})[${b}]`),
      of.map((a) => `"<\${${a}}>"`),
      of.map((a) => `catch_errors() || { ${a} }`),
      of.map((a) => `run_task('t', ${a}, '_catch_errors' => true)`),
      fc.constantFrom('next', 'break').map((name) => `[1, 2].each |$v2| { ${name}() }`),
    ),
  };
});

const files = (text: string) => ({ t: planOfCode(text, { v0: null, v1: null, v2: null }) });

describe('a plan', () => {
  it('is read or refused as invalid, whatever its text is', () => {
    const yaml = fc.array(
      fc.constantFrom(
        'steps:',
        'parameters:',
        'return:',
        '\n',
        '  ',
        '- ',
        'task: ',
        'eval: ',
        'name: ',
        'a',
        '$a',
        '"',
        '|',
        ' ',
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          yaml.map((parts) => parts.join('')),
        ),
        (text) => void readOrRefused(text),
      ),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(almostCode, (text) => void readOrRefused(planOfCode(text, { a: null, b: null }))),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(
        almostCode,
        (text) => void readOrRefused(`parameters: {a: }\nsteps: [{message: ${JSON.stringify(text)}}]`),
      ),
      { numRuns: 1_000 },
    );
  });

  it('that is well formed ends with a value or an error of its own', () => {
    fc.assert(
      fc.property(code, fc.dictionary(fc.constantFrom('v0', 'v1', 'v2'), fc.jsonValue()), (text, params) => {
        const { ending } = runPlans(files(text), params as Parameters<typeof runPlans>[1]);
        if (ending.state === 'success') expect(() => JSON.stringify(ending.result)).not.toThrow();
        else
          expect(ending.error).toMatchObject({ kind: expect.any(String) as string, msg: expect.any(String) as string });
      }),
      { numRuns: 2_000 },
    );
  });

  it('asks the same and ends alike for the same answers', () => {
    fc.assert(
      fc.property(
        fc.array(code, { maxLength: 4 }),
        fc.infiniteStream(fc.boolean()),
        fc.string(),
        (codes, luck, seed) => {
          const text = codes
            .map((each, i) => `run_task("t$v${i % 3}", [a, b], '_catch_errors' => true);\n${each};`)
            .join('\n');
          const given: unknown[] = [];
          const answer = (effect: Effect): unknown => {
            const made =
              effect.kind === 'run'
                ? outcomes(effect, () => (luck.next().value ? { n: 1 } : { _error: {} }))
                : succeeding(effect);
            given.push(made);
            return made;
          };
          const first = runPlans(files(text), { v0: 'x' }, answer, seed);
          const answers = given.values();
          expect(runPlans(files(text), { v0: 'x' }, () => answers.next().value, seed)).toEqual(first);
        },
      ),
    );
  });

  it('can be run by two at once', () => {
    const plan = readOrRefused(planOfCode("[1, 2].map |$x| { run_task('t', \"n$x\", n => $x).first['n'] + $x }"))!;
    const program = linkPlans('t', new Map([['t', plan]]));
    const runs = [execute(program, {}, { seed: '1' }), execute(program, {}, { seed: '2' })];
    const steps = runs.map((run) => run.next());
    const endings: Ending[] = [];
    while (endings.length < runs.length) {
      runs.forEach((run, i) => {
        const step = steps[i]!;
        if (step.done === true) endings[i] = step.value;
        else steps[i] = run.next(succeeding(step.value));
      });
    }
    expect(endings).toEqual([
      { state: 'success', result: [2, 4] },
      { state: 'success', result: [2, 4] },
    ]);
  });
});
