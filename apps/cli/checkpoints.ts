import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { isCheckpoint, isSigned } from '#ledger';
import type { Expected, KeptCheckpoint } from '#ledger';
import type { Api } from './api.js';

interface Shown extends KeptCheckpoint {
  readonly event: number;
  readonly time: string;
}

/** The newest signature over the log: `daybook audit checkpoint`. */
export function checkpointCommand(api: Api, say: (line: string) => unknown): Command {
  return new Command('checkpoint')
    .description('Shows the newest signed checkpoint of the log, to be kept elsewhere.')
    .option('--json', 'say it as JSON, as audit verify --checkpoint takes it')
    .addHelpText('after', '\nExample: daybook audit checkpoint --json > checkpoint.json')
    .action(async ({ json }: { json?: true }) => {
      const shown = await api.call<Shown>('GET', '/log/checkpoint');
      const { stream, number, hash, publicKey, signature, event, time } = shown;
      const lines = [
        `log        ${stream}`,
        `up to      event ${number}, hash ${hash}`,
        `signed     ${time}, in event ${event}`,
        `key        ${publicKey}`,
        `signature  ${signature}`,
      ];
      for (const line of json ? [JSON.stringify(shown)] : lines) say(line);
    });
}

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
