import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Subject } from '#domain';
import { SETTINGS, readPrivateFile, uuidOf, writePrivateFile } from '#platform';

/** The administrator's token, and where it is kept. */
export interface AdminToken {
  readonly token: string;
  /** Null: it was given, and is kept nowhere. */
  readonly path: string | null;
  /** It was made just now. */
  readonly isNew: boolean;
}

/**
 * The token of the settings, else the one of the data folder, else a new one that is kept there.
 * @throws Error when the file in the data folder holds none, or others than its owner can read it
 */
export function adminToken(given: string | null, dataDir: string): AdminToken {
  if (given !== null) return { token: given, path: null, isNew: false };
  const path = join(dataDir, 'admin-token');
  const kept = readPrivateFile(path);
  if (kept !== null) return { token: checked(kept.trim(), path), path, isNew: false };
  const token = randomBytes(32).toString('base64url');
  writePrivateFile(path, `${token}\n`);
  return { token, path, isNew: true };
}

function checked(text: string, path: string): string {
  const rule = SETTINGS.DAYBOOK_ADMIN_TOKEN;
  const token = rule.parse(text);
  if (token) return token;
  throw new Error(
    `${path} holds ${text.length} characters that are no token, expected ${rule.expected}; ` +
      'put the token back, or remove the file: the next start makes a new one',
  );
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
