import { Command, InvalidArgumentError } from 'commander';

import type { Api } from './api.js';

const PATH = '/daybook/v1/agents';

/** Who the agents are: `daybook agents …`. */
export function agentsCommands(api: Api, say: (line: string) => unknown): Command {
  const agents = new Command('agents').description('Invites agents, lists and revokes them.');

  agents
    .command('invite')
    .description('Makes a join token, with which one agent may join, once.')
    .option('--node <name>', 'the only node that may join')
    .option('--expires <seconds>', 'how long the token is valid; an hour where nothing is said', seconds)
    .action(async ({ node, expires: expires_in }: { node?: string; expires?: number }) => {
      const body = { ...(node !== undefined && { node }), ...(expires_in !== undefined && { expires_in }) };
      const invitation = await api.call<{ join_token: string; expires: string }>('POST', `${PATH}/invitations`, body);
      say(`Until ${invitation.expires} an agent joins with this token, which is not shown again:`);
      say(`npm run agent -- --name ${node ?? '<node>'} --server ${api.url} --join ${invitation.join_token}`);
    });

  agents
    .command('list')
    .description('Lists the agents that have joined and were not revoked.')
    .action(async () => {
      const { items } = await api.call<{ items: { node: string; since: string; public_key: string }[] }>('GET', PATH);
      const width = Math.max(...items.map(({ node }) => node.length));
      for (const { node, since, public_key } of items) say(`${node.padEnd(width)}  ${since}  ${public_key}`);
    });

  agents
    .command('revoke')
    .description("Shuts a node's agent out; another one may join then.")
    .argument('<node>')
    .action(async (node: string) => {
      await api.call('DELETE', `${PATH}/${encodeURIComponent(node)}`);
      say(`${node} is revoked`);
    });

  return agents;
}

function seconds(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a number of seconds');
}
