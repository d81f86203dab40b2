import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findProgram, whereLookedFor } from './find-program.js';

let folder: string;
let program: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-programs-'));
  program = join(folder, 'puppet-of-a-test');
  writeFileSync(program, '', { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a program of Puppet', () => {
  it('is found by its name on the PATH, or by its path', () => {
    expect(findProgram('puppet-of-a-test', `/nowhere:${folder}`)).toBe(program);
    expect(findProgram(program, '')).toBe(program);
  });

  it('that is not there is said to be missing, with where it was looked for', () => {
    expect(findProgram('puppet-of-a-test', '/nowhere')).toBeNull();
    expect(whereLookedFor('puppet-of-a-test', '/nowhere')).toBe(
      "'puppet-of-a-test' in /opt/puppetlabs/bin and on the PATH (/nowhere)",
    );
    expect(findProgram('/nowhere/puppet', folder)).toBeNull();
    expect(whereLookedFor('/nowhere/puppet', folder)).toBe("'/nowhere/puppet'");
  });
});
