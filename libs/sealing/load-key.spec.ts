import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKey } from './load-key.js';

describe('the secret key', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'daybook-key-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is made once, for its owner only, and found again', () => {
    const key = loadKey(dataDir, {});
    expect(key).toHaveLength(32);
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600);
    expect(loadKey(dataDir, {})).toEqual(key);
  });

  it('comes from the environment where it is given there', () => {
    const key = randomBytes(32);
    expect(loadKey(dataDir, { DAYBOOK_SECRET_KEY: key.toString('base64') })).toEqual(key);
  });

  it.each(['short', randomBytes(31).toString('base64'), `${'!'.repeat(43)}=`])('is not %s', (text) => {
    expect(() => loadKey(dataDir, { DAYBOOK_SECRET_KEY: text })).toThrow(
      /DAYBOOK_SECRET_KEY holds .* expected 32 bytes/,
    );
  });

  it('is not taken from a file that others can read', () => {
    writeFileSync(join(dataDir, 'secret-key'), randomBytes(32).toString('base64'));
    chmodSync(join(dataDir, 'secret-key'), 0o644);
    expect(() => loadKey(dataDir, {})).toThrow(/mode 644, expected 600/);
  });

  it('is not made anew in the place of a file that was emptied', () => {
    writeFileSync(join(dataDir, 'secret-key'), '', { mode: 0o600 });
    expect(() => loadKey(dataDir, {})).toThrow(
      `${join(dataDir, 'secret-key')} holds 0 bytes, expected 32 bytes in base64; put the key back`,
    );
    expect(readFileSync(join(dataDir, 'secret-key'), 'utf8')).toBe('');
  });
});
