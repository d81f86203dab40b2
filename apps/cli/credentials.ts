import { Command, InvalidArgumentError } from 'commander';
import type { Api } from './api.js';
import { columns } from './columns.js';

type Say = (line: string) => unknown;

const PATH = '/daybook/v1/subscribers';

interface Admitted {
  readonly nats: {
    readonly servers: readonly string[];
    readonly tls: boolean;
    readonly domain: string;
    readonly consumer: string;
  };
}

interface Subscriber {
  readonly name: string;
  readonly natsKey: string;
  readonly since: string;
}

/** Who may read the log over NATS: `daybook events credential` and `daybook events credentials`. */
export function credentialCommands(api: Api, say: Say): readonly Command[] {
  const credential = new Command('credential')
    .description('Lets a subscriber read the log over NATS, with a key that is made here and kept in a file.')
    .argument('<name>', "of the subscriber: letters, digits, '_' and '-'", subscriberName)
    .option('--key <file>', 'the file of its key, which is made where there is none; <name>.nk where nothing is said')
    .option('--revoke', 'shut the subscriber out')
    .option('--json', 'say as JSON how it gets there')
    .addHelpText('after', '\nExample: daybook events credential analytics')
    .action(async (name: string, options: { key?: string; revoke?: true; json?: true }) => {
      const path = `${PATH}/${name}`;
      if (options.revoke) {
        await api.call('DELETE', path);
        say(options.json ? JSON.stringify({ name, revoked: true }) : `${name} is revoked`);
        return;
      }
      const key = options.key ?? `${name}.nk`;
      // Takes longer to load than the other commands take.
      const { keyIn } = await import('./key-file.js');
      const { nats } = await api.call<Admitted>('PUT', path, { natsKey: keyIn(key) });
      if (options.json) say(JSON.stringify({ name, key, nats }));
      else for (const line of wayOf(key, nats)) say(line);
    });

  const credentials = new Command('credentials')
    .description('Lists the subscribers that are let in over NATS.')
    .option('--json', 'say it as JSON')
    .addHelpText('after', '\nExample: daybook events credentials')
    .action(async ({ json }: { json?: true }) => {
      const { items } = await api.call<{ items: readonly Subscriber[] }>('GET', PATH);
      const rows = items.map(({ name, since, natsKey }) => [name, since, natsKey]);
      const lines = json ? [JSON.stringify(items)] : columns(['name', 'since', 'key'], rows);
      for (const line of lines) say(line);
    });
  return [credential, credentials];
}

const wayOf = (key: string, { servers, tls, domain, consumer }: Admitted['nats']) => [
  `${key} holds the key, which lets in whoever has it: keep it`,
  `server     ${servers.map((server) => `${tls ? 'tls' : 'nats'}://${server}`).join(',')}`,
  `domain     ${domain}`,
  `streams    DAYBOOK, and DAYBOOK_FEED where it is on`,
  `consumer   ${consumer}`,
];

function subscriberName(text: string): string {
  if (/^[\w-]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError("expected 1 to 64 letters, digits, '_' and '-'");
}
