import { Command } from 'commander';

import { addKey } from '#sealing';

/** The key that seals sensitive parameters: `daybook secret-key …`. It works on files, not over HTTP. */
export function secretKeyCommands(dataDir: string, say: (line: string) => unknown): Command {
  const secretKey = new Command('secret-key').description('Changes the key that seals sensitive parameters.');

  secretKey
    .command('renew')
    .description('Puts a new key before those in the data folder; the next start of the server seals with it.')
    .option('--data-dir <folder>', 'data folder of the server', dataDir)
    .action((options: { dataDir: string }) => {
      addKey(options.dataDir);
      say(`${options.dataDir} has a new secret key; start the server again`);
    });

  return secretKey;
}
