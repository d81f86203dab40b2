import { execFile, spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';

import { bundledModules, checkParams, openCatalogue, withDefaults } from './index.js';

const run = promisify(execFile);
const script = (module: string) => join(bundledModules, module, 'tasks/init.sh');
const catalogue = openCatalogue({ modulePath: [bundledModules], environmentPath: null });

/** What the echo task prints for a message, by the rules of standard input. */
function echo(message: string): unknown {
  const input = JSON.stringify({ before: '"message":', message, _task: 'echo' });
  return JSON.parse(spawnSync('/bin/sh', [script('echo')], { input, encoding: 'utf8', maxBuffer: 2 ** 24 }).stdout);
}

describe('the bundled tasks', () => {
  it('echo answers with any message as it came', () => {
    const unit = fc.constantFrom(
      '"',
      '\\',
      '\n',
      '\0',
      "'",
      '$',
      '`',
      'é',
      '😀',
      '{',
      '}',
      ':',
      '"message":',
      ' ',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit })), (message) => {
        expect(echo(message)).toEqual({ _output: message });
      }),
      { numRuns: 60 },
    );
  });

  it('echo answers with a message of a million characters', () => {
    const message = 'é"'.repeat(500_000);
    expect(echo(message)).toEqual({ _output: message });
  });

  it('facts are real and named as facter names them', async () => {
    const { stdout } = await run('/bin/sh', [script('facts')]);
    expect(JSON.parse(stdout)).toMatchObject({
      kernel: expect.stringMatching(/^\w+$/) as string,
      networking: { hostname: hostname().split('.')[0] },
      os: { architecture: expect.any(String) as string },
      processors: { count: expect.any(Number) as number },
    });
  });

  it('fail leaves with the exit code that it was given', async () => {
    await expect(run('/bin/sh', [script('fail')], { env: { PT_exit_code: '3' } })).rejects.toMatchObject({ code: 3 });
  });

  it.each([
    ['echo', {}, { message: '' }],
    ['facts', {}, {}],
    ['fail', {}, { exit_code: 1 }],
  ])('%s needs no parameters', async (name, params, complete) => {
    const task = (await catalogue.find('production', name))!;
    expect(checkParams(task, params)).toEqual([]);
    expect(withDefaults(task, params)).toEqual(complete);
  });

  it.each([
    ['echo', { message: 1 }],
    ['facts', { any: 1 }],
    ['fail', { exit_code: 256 }],
  ])('%s refuses %j', async (name, params) => {
    expect(checkParams((await catalogue.find('production', name))!, params)).toHaveLength(1);
  });
});
