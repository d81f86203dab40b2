import fc from 'fast-check';

import type { Effect } from './index.js';
import { outcomes, planOfCode, runPlans, succeeding, valueOfCode } from './testing/run-plans.js';
import type { Answer } from './testing/run-plans.js';

const effectsOf = (code: string, answer?: Answer) => runPlans({ t: planOfCode(code) }, {}, answer).effects;

describe('a plan function', () => {
  it.each<[string, object]>([
    ["run_task('m::t', 'a', x => 1)", { action: 'task', task: 'm::t', params: { x: 1 }, description: null }],
    ["run_task('m::t', 'a', 'why', { x => 1, '_noop' => true })", { params: { x: 1 }, description: 'why', noop: true }],
    [
      "'m::t'.run_task(get_targets('a'), '_run_as' => root, '_timeout' => 5)",
      { runAs: 'root', timeoutS: 5, params: {} },
    ],
    ["run_command('ls', 'a', '_env_vars' => { 'A' => 1 })", { action: 'command', command: 'ls', envVars: { A: '1' } }],
    [
      "run_command('ls', 'a', _env_vars => { 'A' => Sensitive('s') }, _catch_errors => true)",
      { action: 'command', envVars: { A: 's' }, sensitive: ['env_vars'] },
    ],
    [
      "run_script('/s', 'a', arguments => [Sensitive('s')])",
      { action: 'script', arguments: ['s'], sensitive: ['arguments'] },
    ],
    ["run_task(site::env, 'a')", { action: 'task', task: 'site::env' }],
    ["run_script('/s', 'a', arguments => ['x'])", { action: 'script', script: '/s', arguments: ['x'] }],
    ["upload_file('m/f', '/d', 'a')", { action: 'upload', source: 'm/f', destination: '/d' }],
    [
      "download_file('/f', 'd', 'a', 'why')",
      { action: 'download', source: '/f', destination: 'd', description: 'why' },
    ],
    [
      "wait_until_available('a', wait_time => 3, description => 'why')",
      { action: 'wait', waitS: 3, description: 'why' },
    ],
    ["wait_until_available('a')", { action: 'wait', waitS: 120 }],
  ])('%s runs what it says on a target', (code, effect) => {
    expect(effectsOf(code)).toMatchObject([
      { kind: 'run', targets: ['a'], at: { plan: 't', line: 4, step: null }, ...effect },
    ]);
  });

  it.each<[string, object[]]>([
    [
      "out::message('a')\nout::verbose([1])",
      [
        { text: 'a', isVerbose: false },
        { text: '[\n  1\n]', isVerbose: true },
      ],
    ],
    [
      "notice 'a'\nwarning('b')\ninfo 'c'",
      [
        { text: 'a', isVerbose: false },
        { text: 'b', isVerbose: false },
        { text: 'c', isVerbose: true },
      ],
    ],
    [
      "log::info('a')\nlog::warn('b')\nlog::debug('c')",
      [
        { text: 'a', isVerbose: true },
        { text: 'b', isVerbose: true },
      ],
    ],
    ['out::message(Sensitive(pw))', [{ text: 'Sensitive [value redacted]' }]],
    ['ctrl::sleep(1.5)', [{ kind: 'sleep', seconds: 1.5 }]],
    ["puppetdb_query('nodes { }')", [{ kind: 'query', query: 'nodes { }' }]],
    ['puppetdb_query([from, nodes])', [{ kind: 'query', query: '["from","nodes"]' }]],
  ])('%s asks for what it says', (code, effects) => {
    expect(effectsOf(code)).toHaveLength(effects.length);
    expect(effectsOf(code)).toMatchObject(effects);
  });

  it('do_until repeats until its value is true, or as often as its limit says', () => {
    const code = "ctrl::do_until(limit => 4, interval => 2) || { run_task('t', 'a', '_catch_errors' => true).ok }";
    let runs = 0;
    const answer = (effect: Effect) =>
      effect.kind === 'run' ? outcomes(effect, () => (++runs < 3 ? { _error: { msg: 'not yet' } } : {})) : undefined;
    expect(effectsOf(code, answer).map(({ kind }) => kind)).toEqual(['run', 'sleep', 'run', 'sleep', 'run']);
    expect(valueOfCode('ctrl::do_until(limit => 2) || { false }')).toBe(false);
  });

  it('catch_errors gives the error of whatever fails within it, of the kinds that it names', () => {
    expect(valueOfCode("catch_errors() || { [1].each |$x| { fail_plan('m', 'k', { a => 1 }) } }")).toMatchObject({
      kind: 'k',
    });
    expect(valueOfCode("catch_errors() || { 1 + 'a' }.kind")).toBe('bolt/evaluation-error');
    expect(valueOfCode("catch_errors([k]) || { fail_plan('m', 'k') }.msg")).toBe('m');
    expect(() => valueOfCode("catch_errors([other]) || { fail_plan('m', 'k') }")).toThrow('k: m');
    expect(valueOfCode('catch_errors() || { 5 }')).toBe(5);
  });

  it('fail_plan ends the plan with what it is given', () => {
    const endingOf = (code: string) => runPlans({ t: planOfCode(code) }).ending;
    expect(endingOf("fail_plan('m')")).toEqual({
      state: 'failure',
      error: { kind: 'bolt/plan-failure', msg: 'm', details: {} },
    });
    expect(endingOf("fail_plan(Error('m', 'k', { t => get_target('a') }))")).toEqual({
      state: 'failure',
      error: { kind: 'k', msg: 'm', details: { t: 'a' } },
    });
  });

  it.each<[string, unknown]>([
    ["get_targets(['b,a', ['a'], get_target('c')]).map |$t| { $t.name }", ['b', 'a', 'c']],
    ["get_target('a').host", 'a'],
    ["[run_task('t', 'a').targets, run_task('t', ['a', 'b'])[1].target]", [['a'], 'b']],
    ["run_task('t', ['a', 'b']).filter_set |$r| { $r.target.name == b }.names", ['b']],
    ["run_task('t', ['a', 'b'], n => 1).map |$r| { $r['n'] }", [1, 1]],
    ["run_task('t', ['a', 'b'])[0, 1].count", 1],
    ["run_command('x', 'a').first.to_data['value']", { stdout: 'x' }],
    ["run_task('t', []).empty", true],
    ["run_task('t', ['a', 'b']).reduce(0) |$n, $r| { $n + 1 }", 2],
    ["run_task('t', 'a', '_output' => 'm')", 'refused'],
  ])('%s is %j', (code, value) => {
    if (value === 'refused') expect(() => valueOfCode(code)).toThrow("option '_output' is not known to run_task");
    else expect(valueOfCode(code)).toEqual(value);
  });

  it('keeps what a task marks as sensitive out of what the plan returns', () => {
    const answer = (effect: Effect) =>
      effect.kind === 'run' ? outcomes(effect, () => ({ _sensitive: { pw: 'hunter2' } })) : undefined;
    expect(JSON.stringify(valueOfCode("run_task('t', 'a')", {}, answer))).not.toContain('hunter2');
    expect(valueOfCode("run_task('t', 'a').first['_sensitive'].unwrap[pw]", {}, answer)).toBe('hunter2');
  });

  it('random_split splits by chance, the same for the same seed', () => {
    const split = (seed: string) =>
      runPlans({ t: planOfCode('canary::random_split(range(1, 30), 10)') }, {}, succeeding, seed).ending;
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const ending = split(seed);
        expect(split(seed)).toEqual(ending);
        const [chosen, rest] = (ending.state === 'success' ? ending.result : []) as [number[], number[]];
        expect(chosen).toHaveLength(10);
        expect([...chosen, ...rest].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      }),
    );
    expect(new Set(Array.from({ length: 20 }, (_, i) => JSON.stringify(split(`seed ${i}`)))).size).toBeGreaterThan(10);
  });

  it('pauses now and then while much is computed', () => {
    const kinds = effectsOf('range(1, 100000).map |$x| { $x + 1 }\n1').map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['pause']));
    expect(kinds.length).toBeGreaterThan(10);
    expect(kinds.length).toBeLessThan(100);
  });
});
