import { readFileSync } from 'node:fs';
import { isCheckpoint, isSigned } from '#ledger';
import type { Expected, KeptCheckpoint } from '#ledger';

/** What an auditor knows from elsewhere, as `audit verify` is told it. */
export interface VerifyOptions {
  readonly json?: true;
  readonly checkpoint?: string;
  readonly key?: readonly string[];
}

/** @throws Error when the file cannot be read or holds no checkpoint, or one whose signature is not of its key */
export function expectedOf({ checkpoint: path, key: keys = [] }: VerifyOptions): Expected {
  if (path === undefined) return { keys, kept: null };
  const kept = keptIn(path);
  const problem = `${path} holds no checkpoint, expected what daybook audit checkpoint --json shows`;
  if (kept === null) throw new Error(problem);
  if (!isSigned(kept, kept.stream)) throw new Error(`${problem}: the signature is not of its key`);
  return { keys, kept };
}

function keptIn(path: string): KeptCheckpoint | null {
  const text = readFileSync(path, 'utf8');
  try {
    const json: unknown = JSON.parse(text);
    return isCheckpoint(json) && typeof (json as Partial<KeptCheckpoint>).stream === 'string'
      ? (json as KeptCheckpoint)
      : null;
  } catch {
    return null;
  }
}
