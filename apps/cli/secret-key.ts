import { Command } from 'commander';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';

/** The key that seals sensitive parameters: `daybook secret-key …`. It works on files, not over HTTP. */
export function secretKeyCommands(dataDir: string, say: Say): Command {
  const secretKey = new Command('secret-key').description('Changes the key that seals sensitive parameters.');

  secretKey
    .command('renew')
    .description('Puts a new key before those in the data folder; the next start of the server seals with it.')
    .option('--data-dir <folder>', 'data folder of the server', dataDir)
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook secret-key renew --data-dir /var/lib/daybook')
    .action(async ({ dataDir, ...options }: JsonOption & { readonly dataDir: string }) => {
      // Takes longer to load than the other commands take.
      const { addKey } = await import('#sealing');
      addKey(dataDir);
      show(say, options, { dataDir }, () => [`${dataDir} has a new secret key; start the server again`]);
    });

  return secretKey;
}
