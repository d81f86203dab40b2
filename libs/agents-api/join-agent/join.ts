import { randomUUID } from 'node:crypto';
import type { JoinRequest } from '#agent-protocol';
import type { JoinAgent } from '#domain';
import { OutcomeUnknown } from '#writer';
import type { CommandGateway } from '#writer';
import type { Admission } from '../ports.js';

/**
 * Makes an agent known; when this resolves, the broker lets it in.
 * @param invitation what its join token says; null: it stands on this machine
 * @throws as `CommandGateway.execute`
 */
export async function joinAgent(
  { gateway, admission }: { readonly gateway: CommandGateway; readonly admission: Admission },
  { node, publicKey }: JoinRequest,
  invitation: JoinAgent['invitation'],
  correlationId: string,
): Promise<void> {
  const meta = { commandId: randomUUID(), actor: `agent/${node}`, correlationId };
  await gateway.execute({ type: 'join-agent', node, publicKey, invitation }, meta);
  if (!(await admission.settled())) throw new OutcomeUnknown(meta.commandId);
}
