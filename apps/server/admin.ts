import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Subject } from '#domain';

/** The administrator's token, and where it is kept. */
export interface AdminToken {
  readonly token: string;
  /** Null: it was given, and is kept nowhere. */
  readonly path: string | null;
  /** It was made just now. */
  readonly isNew: boolean;
}

/** The token of the settings, else the one of the data folder, else a new one that is kept there. */
export function adminToken(given: string | null, dataDir: string): AdminToken {
  if (given !== null) return { token: given, path: null, isNew: false };
  const path = join(dataDir, 'admin-token');
  try {
    return { token: readFileSync(path, 'utf8').trim(), path, isNew: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const token = randomBytes(32).toString('base64url');
    writeFileSync(path, `${token}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return { token, path, isNew: true };
  }
}

/** The administrator: one for each log, the same on every server that writes to it. */
export function adminSubject(streamId: string): Subject {
  return {
    id: uuidOf(`daybook administrator ${streamId}`),
    login: 'admin',
    email: '',
    display_name: 'Administrator',
    is_superuser: true,
    is_remote: false,
    is_group: false,
    is_revoked: false,
    last_login: null,
    role_ids: [1],
    inherited_role_ids: [],
    group_ids: [],
  };
}

/** A UUID of version 8 made from a name. @see RFC 9562, section 5.8 */
function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
