import { Command } from 'commander';
import type { Api } from './api.js';
import { columns } from './columns.js';
import { integerFrom } from './numbers.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';

const PATH = '/daybook/v1/agents';

/** Who the agents are: `daybook agents …`. */
export function agentsCommands(api: Api, say: Say): Command {
  const agents = new Command('agents').description('Invites agents, lists and revokes them.');

  agents
    .command('invite')
    .description('Makes a join token, with which one agent may join, once.')
    .option('--node <name>', 'the only node that may join')
    .option(
      '--expires <seconds>',
      'how long the token is valid; an hour where nothing is said',
      integerFrom(1, 9_999_999_999),
    )
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook agents invite --node web1.example.com --expires 600')
    .action(async ({ node, expires: expires_in, ...options }: InviteOptions) => {
      const body = { ...(node !== undefined && { node }), ...(expires_in !== undefined && { expires_in }) };
      const invitation = await api.call<{ join_token: string; expires: string }>('POST', `${PATH}/invitations`, body);
      show(say, options, invitation, () => [
        `Until ${invitation.expires} an agent joins with this token, which is not shown again:`,
        `npm run agent -- --name ${node ?? '<node>'} --server ${api.url} --join ${invitation.join_token}`,
      ]);
    });

  agents
    .command('list')
    .description('Lists the agents that have joined and were not revoked.')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook agents list')
    .action(async (options: JsonOption) => {
      const answer = await api.call<{ items: { node: string; since: string; public_key: string }[] }>('GET', PATH);
      show(say, options, answer, () =>
        columns(
          ['node', 'since', 'public key'],
          answer.items.map(({ node, since, public_key }) => [node, since, public_key]),
        ),
      );
    });

  agents
    .command('revoke')
    .description("Shuts a node's agent out; another one may join then.")
    .argument('<node>')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: daybook agents revoke web1.example.com')
    .action(async (node: string, options: JsonOption) => {
      await api.call('DELETE', `${PATH}/${encodeURIComponent(node)}`);
      show(say, options, { revoked: node }, () => [`${node} is revoked`]);
    });

  return agents;
}

interface InviteOptions extends JsonOption {
  readonly node?: string;
  readonly expires?: number;
}
