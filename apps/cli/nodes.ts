import { Command } from 'commander';
import { ApiRefusal } from './api-refusal.js';
import type { Api } from './api.js';
import { columns } from './columns.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';

interface Node {
  readonly name: string;
  readonly connected: boolean;
  /** Since when; absent: it is not connected. */
  readonly timestamp?: string;
}

/** `daybook nodes …`: where tasks can run. */
export function nodesCommands(api: Api, say: Say): Command {
  const nodes = new Command('nodes').description('Lists the nodes that have an agent.');
  nodes
    .command('list')
    .description('Lists the nodes whose agent is connected, or has joined and is away.')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook nodes list')
    .action(async (options: JsonOption) => {
      const items = await nodesOf(api);
      show(say, options, { items }, () =>
        columns(
          ['node', 'connected', 'since'],
          items.map(({ name, connected, timestamp }) => [name, connected ? 'yes' : 'no', timestamp]),
        ),
      );
    });
  return nodes;
}

/** The nodes that are connected and those whose agent has joined, by name. */
export async function nodesOf(api: Api): Promise<readonly Node[]> {
  const connected = await api.call<{ items: readonly Node[] }>('GET', '/orchestrator/v1/inventory');
  const names = new Set(connected.items.map(({ name }) => name));
  const away = (await joined(api)).filter((name) => !names.has(name)).map((name) => ({ name, connected: false }));
  return [...connected.items, ...away].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where NATS is not Daybook's own, agents do not join. */
async function joined(api: Api): Promise<readonly string[]> {
  try {
    const { items } = await api.call<{ items: readonly { node: string }[] }>('GET', '/daybook/v1/agents');
    return items.map(({ node }) => node);
  } catch (error) {
    if (error instanceof ApiRefusal && error.kind === 'daybook/outside-nats') return [];
    throw error;
  }
}
