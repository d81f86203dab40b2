import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addKey, loadKeys } from './load-keys.js';

describe('the secret key', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'daybook-key-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is made once, for its owner only, and found again', () => {
    const keys = loadKeys(dataDir, null);
    expect(keys.map(({ length }) => length)).toEqual([32]);
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600);
    expect(loadKeys(dataDir, null)).toEqual(keys);
  });

  it('comes from the environment where it is given there', () => {
    const keys = [randomBytes(32), randomBytes(32)];
    expect(loadKeys(dataDir, keys.map((key) => key.toString('base64')).join(', '))).toEqual(keys);
  });

  it.each(['short', randomBytes(31).toString('base64'), `${'!'.repeat(43)}=`])('is not %s', (text) => {
    expect(() => loadKeys(dataDir, text)).toThrow(/DAYBOOK_SECRET_KEY holds .* expected 32 bytes/);
  });

  it('comes before those that were there, where one is added', () => {
    const [old] = loadKeys(dataDir, null);
    addKey(dataDir);
    const keys = loadKeys(dataDir, null);
    expect(keys).toHaveLength(2);
    expect(keys[1]).toEqual(old);
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600);
  });

  it('is not added where no server has run', () => {
    expect(() => addKey(dataDir)).toThrow(/secret-key does not exist, expected the file/);
  });

  it('is not taken from a file that others can read', () => {
    writeFileSync(join(dataDir, 'secret-key'), randomBytes(32).toString('base64'));
    chmodSync(join(dataDir, 'secret-key'), 0o644);
    expect(() => loadKeys(dataDir, null)).toThrow(/mode 644, expected 600/);
  });

  it('is not made anew in the place of a file that was emptied', () => {
    writeFileSync(join(dataDir, 'secret-key'), '', { mode: 0o600 });
    expect(() => loadKeys(dataDir, null)).toThrow(
      `${join(dataDir, 'secret-key')} holds 0 bytes, expected 32 bytes in base64; put the key back`,
    );
    expect(readFileSync(join(dataDir, 'secret-key'), 'utf8')).toBe('');
  });
});
