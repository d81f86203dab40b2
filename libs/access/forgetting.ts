import type { UserCommand } from '#domain';
import type { CommandGateway } from '#writer';

/** Commands after which a token may stand for less, or more, than it was known to. */
const CHANGES_ACCESS: ReadonlySet<UserCommand['type']> = new Set([
  'create-user',
  'update-user',
  'define-role',
  'delete-role',
  'revoke-tokens',
] as const);

/** A gateway after whose commands nobody is let in by what was known before. */
export function forgettingAfter(gateway: CommandGateway, forget: () => void): CommandGateway {
  return {
    execute(command, meta) {
      const receipt = gateway.execute(command, meta);
      return CHANGES_ACCESS.has(command.type) ? receipt.finally(forget) : receipt;
    },
    readIndex: () => gateway.readIndex(),
  };
}
