import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Env } from './api.js';

/** The tokens of logins on this machine, one for each server. */
export interface KeptLogins {
  /** A file that nobody else may read. */
  readonly path: string;
  /** @returns null where nobody has logged in to this server from here */
  tokenFor(url: string): string | null;
  keep(url: string, token: string): Promise<void>;
}

/** Finds where logins are kept, below `XDG_CONFIG_HOME` or else `~/.config`. */
export function keptLogins(env: Env): KeptLogins {
  const given = env['XDG_CONFIG_HOME'] ?? '';
  const config = isAbsolute(given) ? given : join(homedir(), '.config');
  const path = join(config, 'daybook', 'tokens.json');
  return {
    path,
    tokenFor: (url) => read(path)[new URL(url).origin] ?? null,
    async keep(url, token) {
      const { writePrivateFile } = await import('#platform');
      writePrivateFile(path, `${JSON.stringify({ ...read(path), [new URL(url).origin]: token }, null, 2)}\n`);
    },
  };
}

/** @throws Error when the file is not what `keep` writes */
function read(path: string): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    throw new Error(`${path} is not JSON, expected the tokens of servers; remove it and log in again`);
  }
}
