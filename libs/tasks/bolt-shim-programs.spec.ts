import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';

import type { JsonObject } from '#domain';

import { until } from '../platform/testing/until.js';
import { base64, base64InLines, openShim } from './testing/shim.js';
import type { Shim } from './testing/shim.js';

let shim: Shim;
beforeAll(() => (shim = openShim()));
afterAll(() => shim.remove());
const path = (name: string) => shim.path(name);
const run = (name: string, params: JsonObject) => shim.run(name, params);

/** Texts that can be given to a program. */
const given = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', '\\', "'", '\n', '$', '`', ' ', 'é', '😀') }),
  )
  .map((each) => each.toWellFormed().replaceAll('\0', ''));

/** Bytes that are often nearly UTF-8. */
const output = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc.string({ unit: 'binary', maxLength: 20 }).map((each) => Buffer.from(each)),
      fc.constantFrom('€', '😀', '\ud7ff', '\uffff', '"\\\x7f\x1f').map((each) => Buffer.from(each)),
      fc
        .constantFrom('c0af', 'e08080', 'eda080', 'f08fbfbf', 'f4908080', 'e282', 'f09f98')
        .map((hex) => Buffer.from(hex, 'hex')),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Buffer.concat(parts));

const asText = (bytes: Buffer) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\0', '');

describe('a command', () => {
  it('tells what it printed on both outputs as UTF-8 reads it, without NUL', () => {
    fc.assert(
      fc.property(output, output, (stdout, stderr) => {
        writeFileSync(path('stdout'), stdout);
        writeFileSync(path('stderr'), stderr);
        const { status, result } = run('command', { command: `cd ${path('.')}; cat stdout; cat stderr >&2` });
        const [out, err] = [asText(stdout), asText(stderr)];
        expect(result).toEqual({ stdout: out, stderr: err, merged_output: `${out}${err}`, exit_code: 0 });
        expect(status).toBe(0);
      }),
      { numRuns: 80 },
    );
  });

  it('comes to a shell as it was written, with its variables', () => {
    fc.assert(
      fc.property(given, given, given, (first, second, comment) => {
        const command = `printf '%s\\0' "$FIRST" "$_2" >${path('given')}\n: '${comment.replaceAll("'", '')}'`;
        const { result } = run('command', { command, env_vars: { FIRST: first, _2: second } });
        expect(result).toEqual({ stdout: '', stderr: '', merged_output: '', exit_code: 0 });
        expect(readFileSync(path('given'), 'utf8')).toBe(`${first}\0${second}\0`);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['exit 3', 3],
    ['no-such-program', 127],
    ['kill -INT $$', 130],
    ['kill -KILL $$', 137],
    ['kill -TERM $$', 143],
  ])('%s fails with exit code %d, as the task itself', (command, code) => {
    const { status, result } = run('command', { command: `echo before; ${command}` });
    expect(status).toBe(code);
    expect(result).toMatchObject({
      stdout: 'before\n',
      exit_code: code,
      _error: {
        kind: 'puppetlabs.tasks/command-error',
        issue_code: 'COMMAND_ERROR',
        msg: `The command failed with exit code ${code}`,
        details: { exit_code: code },
      },
    });
  });

  it('may have variables of names that the task uses itself', () => {
    const env_vars = { PATH: '/nowhere', work: '/etc', files: '', code: '7', LC_ALL: 'C', limit: '1', draft: '/' };
    const { result } = run('command', { command: 'echo "$PATH $work $code"', env_vars });
    expect(result).toEqual({
      stdout: '/nowhere /etc 7\n',
      stderr: '',
      merged_output: '/nowhere /etc 7\n',
      exit_code: 0,
    });
  });

  it('has no input and none of the parameters among its variables', () => {
    const { result } = run('command', { command: 'cat; env | grep -c "^PT_"', env_vars: {} });
    expect(result.stdout).toBe('0\n');
  });

  it('may print five megabytes, which come whole', () => {
    const line = 'a "quoted" line – of text\n';
    const { result } = run('command', { command: `yes '${line.trim()}' | head -c 5000000` });
    const whole = line.repeat(Math.ceil(5_000_000 / Buffer.byteLength(line)));
    expect(result.stdout === asText(Buffer.from(whole).subarray(0, 5_000_000))).toBe(true);
    expect(result._truncated).toBeUndefined();
  });

  it('that prints more is told with less of it, and says so', () => {
    const { status, result } = run('command', {
      command: 'head -c 9000000 /dev/zero | tr "\\0" x | tee /dev/stderr; exit 4',
    });
    expect(status).toBe(4);
    expect(result._truncated).toBe('stdout was cut after 6000000 bytes, stderr was cut after 2000000 bytes');
    for (const [kept, limit] of [
      [result.stdout, 6_000_000],
      [result.stderr, 2_000_000],
    ] as const) {
      expect(kept.replaceAll('x', '')).toBe('');
      expect(limit - kept.length).toBeGreaterThanOrEqual(0);
      expect(limit - kept.length).toBeLessThan(100);
    }
    expect(result.exit_code).toBe(4);
  });

  it('that is ended still tells what it printed, and leaves nothing behind', async () => {
    const child = spawn('/bin/sh', [shim.task('command')], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.end(JSON.stringify({ command: `echo half; : >${path('began')}; sleep 600` }));
    const [printed, exited] = [text(child.stdout), once(child, 'exit')];
    await until(() => existsSync(path('began')));
    process.kill(-child.pid!, 'SIGTERM');
    expect(await exited).toEqual([143, null]);
    expect(JSON.parse(await printed)).toMatchObject({ stdout: 'half\n', exit_code: 143 });
    expect(readdirSync(path('installed/bolt_shim/tasks')).filter((name) => !name.includes('.'))).toEqual([]);
  });

  it.each([
    ['with a NUL', JSON.stringify({ command: 'echo \0' }), /holds the character NUL/],
    [
      'with a variable of no name',
      JSON.stringify({ command: ':', env_vars: { 'A-B': '' } }),
      /is 'A-B', expected letters/,
    ],
    ['that comes without its end', '{"command":"echo"', /did not come whole/],
    ['that does not come', '', /did not come whole/],
  ])('%s is not run', (_, input, msg) => {
    const { status, result } = shim.runWith('command', input);
    expect(status).toBe(1);
    expect(result).toEqual({
      _error: {
        kind: 'puppetlabs.tasks/task-error',
        issue_code: 'TASK_ERROR',
        msg: expect.stringMatching(msg) as string,
        details: {},
      },
    });
  });
});

describe('a script', () => {
  it('gets each of its arguments as it is', () => {
    const content = base64InLines(`#!/bin/sh\nfor each; do printf '%s\\0' "$each"; done >"$TO"\n`);
    fc.assert(
      fc.property(fc.array(given, { maxLength: 10 }), (args) => {
        const { result } = run('script', { content, arguments: args, env_vars: { TO: path('args') } });
        expect(result.stderr).toBe('');
        expect(readFileSync(path('args'), 'utf8')).toBe(args.map((each) => `${each}\0`).join(''));
      }),
      { numRuns: 40 },
    );
  });

  it('gets characters that are escaped in JSON', () => {
    const content = base64('printf "%s" "$1"');
    const input = `{ "content": "${content}", "arguments": [ "\\u00e9\\ud83d\\ude00\\u0027\\/\\ud83d\\u20ac\\b" ], "name": null }\n`;
    expect(shim.runWith('script', input).result.stdout).toBe("é😀'/\ufffd€\b");
  });

  it('gets many quotes and backslashes', () => {
    const argument = '"\\\'\n'.repeat(30_000);
    const { result } = run('script', { content: base64('printf "%s" "$1"'), arguments: [argument] });
    expect(result.stdout === argument).toBe(true);
  });

  it.each([
    ['deploy.sh', /\/deploy\.sh\n$/],
    ['../../a b', /\/a b\n$/],
    ['..', /\/script\n$/],
    [null, /\/script\n$/],
  ])('is called %j', (name, called) => {
    expect(run('script', { content: base64('echo "$0"'), name }).result.stdout).toMatch(called);
  });

  it('may be any program, and fails as a script', () => {
    const { status, result } = run('script', { content: base64('#!/usr/bin/awk -f\nBEGIN { print "hi"; exit 5 }') });
    expect(status).toBe(5);
    expect(result).toMatchObject({ stdout: 'hi\n', _error: { msg: 'The script failed with exit code 5' } });
  });
});
