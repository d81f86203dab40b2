import { Command } from 'commander';
import type { Api, Env } from './api.js';
import { keptLogins } from './kept-logins.js';
import { askPassword, passwordOnInput } from './password.js';
import type { JsonOption, Say } from './show.js';
import { JSON_OPTION, show } from './show.js';

/** `daybook login`: a token for a name and a password. */
export function loginCommand(api: Api, env: Env, say: Say): Command {
  return new Command('login')
    .description('Gets a token for a name and a password, and keeps it for the commands that follow.')
    .argument('<login>', 'name of the user')
    .option('--lifetime <time>', 'how long the token lives, like 12h or 7d; an hour if left out')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      '\nThe password is asked for on a terminal, else read from standard input.' +
        '\nThe token is kept for this server in a file that only you can read; DAYBOOK_TOKEN and --token go before it.' +
        '\nExample: daybook login kate --lifetime 12h',
    )
    .action(async (login: string, { lifetime, ...options }: JsonOption & { readonly lifetime?: string }) => {
      const password = process.stdin.isTTY ? await askPassword() : await passwordOnInput();
      const body = { login, password, lifetime };
      const { token } = await api.call<{ token: string }>('POST', '/rbac-api/v1/auth/token', body, {
        isAnonymous: true,
      });
      const logins = keptLogins(env);
      await logins.keep(api.url, token);
      show(say, options, { login, server: api.url, kept: logins.path }, () => [
        `${login} is logged in to ${api.url}; the token is kept in ${logins.path}`,
      ]);
    });
}
