import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminToken } from './admin.js';

describe("the administrator's token", () => {
  let dataDir: string;
  let path: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'daybook-admin-'));
    path = join(dataDir, 'admin-token');
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is made once, for its owner only, and found again', () => {
    const made = adminToken(null, dataDir);
    expect(made).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/) as string, path, isNew: true });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(adminToken(null, dataDir)).toEqual({ ...made, isNew: false });
  });

  it('is kept nowhere when it was given', () => {
    expect(adminToken('given-by-a-setting', dataDir)).toEqual({
      token: 'given-by-a-setting',
      path: null,
      isNew: false,
    });
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  it.each(['', '\n', 'fifteen-letters', 'sixteen letters and spaces'])('is not %j', (text) => {
    writeFileSync(path, text, { mode: 0o600 });
    expect(() => adminToken(null, dataDir)).toThrow(
      `${path} holds ${text.trim().length} characters that are no token, expected at least 16 printable characters without a space; put the token back, or remove the file`,
    );
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('is not taken from a file that others can read', () => {
    adminToken(null, dataDir);
    chmodSync(path, 0o644);
    expect(() => adminToken(null, dataDir)).toThrow(`${path} has mode 644, expected 600`);
  });
});
