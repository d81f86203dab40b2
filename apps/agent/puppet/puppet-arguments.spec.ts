import fc from 'fast-check';

import type { DeployFlags } from '#domain';

import { NotRunnable } from '../not-runnable.js';
import { puppetArguments } from './puppet-arguments.js';

const files = { report: '/run/report.yaml', summary: '/run/summary.yaml' };
const plain = { environment: '', enforceEnvironment: true, noop: false, noNoop: false, flags: {} };
const always = puppetArguments(plain, files);

/** What is added to the arguments that each run has. */
const added = (more: Partial<Parameters<typeof puppetArguments>[0]>) =>
  puppetArguments({ ...plain, ...more }, files).slice(always.length);

describe('the arguments of a puppet run', () => {
  it('let it run once, in the foreground, and report into its folder', () => {
    expect(always).toEqual([
      '--onetime',
      '--no-daemonize',
      '--no-splay',
      '--detailed-exitcodes',
      '--verbose',
      '--color=false',
      '--report',
      '--lastrunreport=/run/report.yaml',
      '--lastrunfile=/run/summary.yaml',
    ]);
  });

  it.each([
    [{ environment: 'staging', enforceEnvironment: true }, ['--environment=staging']],
    [{ environment: 'staging', enforceEnvironment: false }, []],
    [{ noop: true }, ['--noop']],
    [{ noNoop: true }, ['--no-noop']],
    [{ flags: { debug: true, trace: true } }, ['--debug', '--trace']],
    [{ flags: { debug: false, trace: false, usecacheonfailure: false } }, ['--no-trace', '--no-usecacheonfailure']],
    [{ flags: { filetimeout: 15, tags: 'a,b' } }, ['--filetimeout=15', '--tags=a,b']],
    [{ flags: { tags: '' } }, ['--tags=']],
    [{ flags: { skip_tags: '--noop' } }, ['--skip_tags=--noop']],
  ])('for %j are %j', (more, expected) => {
    expect(added(more)).toEqual(expected);
  });

  it.each([
    [{ flags: { tags: 'a\n--no-noop' } }, 'tags is "a\\n--no-noop", expected a text in one line'],
    [{ environment: 'a\n--' }, 'environment is "a\\n--", expected a text in one line'],
    [{ flags: { debug: 'yes' } as unknown as DeployFlags }, "flag debug is 'yes', expected a boolean"],
    [{ flags: { server: 'other' } as unknown as DeployFlags }, "flag is 'server', expected one of debug, trace"],
  ])('are none for %j', (more, message) => {
    expect(() => added(more)).toThrow(NotRunnable);
    expect(() => added(more)).toThrow(message);
  });

  it('are one for each flag, whatever its value is, and begin with its name', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('-', '=', ' ', '\n', '\r', 'a', "'", '$') }));
    const flags = fc.record(
      {
        ...Object.fromEntries(['ordering', 'skip_tags', 'tags'].map((name) => [name, text])),
        ...Object.fromEntries(['filetimeout', 'http_read_timeout'].map((name) => [name, fc.integer()])),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(flags, (given: DeployFlags) => {
        const values = Object.entries(given);
        const isOneLine = values.every(([, value]) => !/\p{Cc}|\p{Zl}|\p{Zp}/u.test(String(value)));
        if (!isOneLine) expect(() => added({ flags: given })).toThrow(NotRunnable);
        else expect(added({ flags: given })).toEqual(values.map(([name, value]) => `--${name}=${value}`));
      }),
    );
  });

  it('are only known ones, whatever flags come', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (flags) => {
        try {
          expect(added({ flags: flags })).toHaveLength(Object.keys(flags).length);
        } catch (error) {
          expect(error).toBeInstanceOf(NotRunnable);
        }
      }),
    );
  });
});
