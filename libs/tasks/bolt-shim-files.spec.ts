import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import fc from 'fast-check';

import type { JsonObject } from '#domain';

import { base64, base64InLines, openShim } from './testing/shim.js';
import type { Shim } from './testing/shim.js';

let shim: Shim;
beforeAll(() => (shim = openShim()));
afterAll(() => shim.remove());
const path = (name: string) => shim.path(name);
const run = (name: string, params: JsonObject) => shim.run(name, params);

const fileError = (code: string, msg: RegExp) => ({
  status: 1,
  result: {
    _error: {
      kind: 'puppetlabs.tasks/task_file_error',
      issue_code: code,
      msg: expect.stringMatching(msg) as string,
      details: {},
    },
  },
});

describe('an upload', () => {
  const upload = (name: string, content: string, more: JsonObject = {}) =>
    run('upload', { path: path(name), content, mode: 0o100644, directory: false, ...more });

  it('writes any bytes, with the permissions of the mode, and a download reads them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 0, max: 0o7777 }), (bytes, permissions) => {
        const { status, result } = upload('any', base64InLines(Buffer.from(bytes)), { mode: 0o100000 | permissions });
        expect({ status, result }).toEqual({ status: 0, result: { _output: `Uploaded '${path('any')}'` } });
        expect(statSync(path('any')).mode & 0o7777).toBe(permissions);
        chmodSync(path('any'), 0o640);
        const content = base64(Buffer.from(bytes));
        expect(run('download', { path: path('any') }).result).toEqual({ content, mode: 0o640, directory: false });
      }),
      { numRuns: 30 },
    );
  });

  it('takes megabytes', () => {
    const bytes = Buffer.alloc(3_000_000, 'daybook');
    upload('large', base64InLines(bytes));
    expect(readFileSync(path('large')).equals(bytes)).toBe(true);
  });

  it('replaces what a link leads to, and leaves the link and no other file', () => {
    mkdirSync(path('linked'));
    writeFileSync(path('linked/to'), 'old');
    symlinkSync('linked/to', path('link'));
    upload('link', base64('new'));
    expect(lstatSync(path('link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(path('linked/to'), 'utf8')).toBe('new');
    expect(readdirSync(path('linked'))).toEqual(['to']);
  });

  it('of a directory unpacks it, and a download packs it', () => {
    mkdirSync(path('source/deep'), { recursive: true });
    writeFileSync(path("source/deep/it's"), 'one');
    writeFileSync(path('source/.two'), 'two', { mode: 0o750 });
    const { result } = run('download', { path: path('source') });
    expect(result).toMatchObject({ directory: true, mode: statSync(path('source')).mode & 0o7777 });
    for (const mode of [0o40755, 0o40700]) {
      expect(upload('copy/', result.content, { mode, directory: true }).result._error).toBeUndefined();
      expect(readdirSync(path('copy'), { recursive: true }).sort()).toEqual(['.two', 'deep', "deep/it's"]);
      expect(readFileSync(path("copy/deep/it's"), 'utf8')).toBe('one');
      expect(statSync(path('copy/.two')).mode & 0o777).toBe(0o750);
      expect(statSync(path('copy')).mode & 0o777).toBe(mode & 0o777);
    }
  });

  it.each([
    ['into no directory', 'no/such', {}, /no\/such', expected one in a directory that exists/],
    ['of a file over a directory', 'installed', {}, /which is a directory, expected a file/],
    ['of a directory over a file', 'plain', { directory: true }, /which is a file, expected a directory/],
    ['of a directory that is no archive', 'unpacked', { directory: true }, /which cannot be written: .+/s],
  ])('%s is refused', (_, name, more, msg) => {
    writeFileSync(path('plain'), 'plain');
    expect(upload(name, base64('no archive'), more)).toEqual(fileError('WRITE_ERROR', msg));
    expect(readFileSync(path('plain'), 'utf8')).toBe('plain');
  });

  it('over a device is refused', () => {
    const answer = run('upload', { path: '/dev/null', content: '', mode: 420 });
    expect(answer).toEqual(fileError('WRITE_ERROR', /^path is '\/dev\/null', which is neither a file nor a directory/));
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('a download', () => {
  it.each([
    ['of nothing', 'nothing', /nothing', expected a file or a directory: .*No such file or directory/],
    ['of more than 8 MiB', 'huge', /huge' with more than 8388608 bytes, expected at most that many/],
    ['of a directory of more than 8 MiB', 'vast', /vast' with more than 8388608 bytes/],
  ])('%s is refused', (_, name, msg) => {
    mkdirSync(path('vast'), { recursive: true });
    spawnSync('/bin/sh', ['-c', 'head -c 8388609 /dev/urandom >huge; cp huge vast/huge'], { cwd: path('.') });
    expect(run('download', { path: path(name) })).toEqual(fileError('READ_ERROR', msg));
  });

  it('of 8 MiB is whole', () => {
    const bytes = Buffer.alloc(8 * 1024 * 1024, 'daybook');
    writeFileSync(path('limit'), bytes);
    expect(Buffer.from(run('download', { path: path('limit') }).result.content, 'base64').equals(bytes)).toBe(true);
  });
});
