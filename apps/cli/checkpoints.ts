import { Command } from 'commander';
import type { KeptCheckpoint } from '#ledger';
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
