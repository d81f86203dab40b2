import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPrivateFile, writePrivateFile } from './private-file.js';

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'daybook-private-'));
  path = join(dir, 'made', 'secret');
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Writes in a process that may create files but put nothing into them, as on a disk that is just full. */
function writeWithoutRoom(text: string): void {
  const module = JSON.stringify(pathToFileURL(resolve('libs/platform/private-file.ts')).href);
  const source = `import(${module}).then((m) => m.writePrivateFile(...${JSON.stringify([path, text])}))`;
  execFileSync('/bin/sh', ['-c', 'ulimit -f 0; exec "$0" -e "$1"', process.execPath, source], { stdio: 'pipe' });
}

describe('a private file', () => {
  it('is written with its folder, for its owner only, and read again', () => {
    writePrivateFile(path, 'one');
    expect(readPrivateFile(path)).toBe('one');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'made')).mode & 0o777).toBe(0o700);
    writePrivateFile(path, 'two');
    expect(readPrivateFile(path)).toBe('two');
  });

  it('need not be there', () => {
    expect(readPrivateFile(path)).toBeNull();
  });

  it('is there as a whole or not at all when its writing fails half-way', () => {
    expect(() => writeWithoutRoom('one')).toThrow('EFBIG');
    expect(existsSync(path)).toBe(false);
    writePrivateFile(path, 'one');
    expect(() => writeWithoutRoom('two')).toThrow('EFBIG');
    expect(readPrivateFile(path)).toBe('one');
  });

  it.each([0o644, 0o640, 0o602])('is refused with a mode that lets others in', (mode) => {
    writePrivateFile(path, 'one');
    chmodSync(path, mode);
    expect(() => readPrivateFile(path)).toThrow(`${path} has mode ${mode.toString(8)}, expected 600`);
  });

  it('is refused when it is a folder or a FIFO', () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    expect(() => readPrivateFile(path)).toThrow(`${path} is no regular file`);
    execFileSync('mkfifo', ['-m', '600', join(dir, 'fifo')]);
    expect(() => readPrivateFile(join(dir, 'fifo'))).toThrow('is no regular file');
    writeFileSync(join(dir, 'file'), 'text', { mode: 0o600 });
    expect(readPrivateFile(join(dir, 'file'))).toBe('text');
  });
});
