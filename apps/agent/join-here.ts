import { JOIN_SUBJECT } from '#agent-protocol';
import type { JoinAnswer, JoinRequest } from '#agent-protocol';
import { connectTo } from '#broker';
import type { AgentAddress } from '#broker';

const TIMEOUT_MS = 15_000;

/**
 * Joins the server whose data directory the agent uses.
 * @throws Error when it does not answer, or refuses
 */
export async function joinHere(address: AgentAddress, request: JoinRequest): Promise<void> {
  await using connection = await connectTo(address, `daybook-agent ${request.node} joins`, {
    waitOnFirstConnect: false,
    reconnect: false,
  });
  const answer = await connection.request(JOIN_SUBJECT, JSON.stringify(request), { timeout: TIMEOUT_MS });
  const { refused } = answer.json<JoinAnswer>();
  if (refused !== null) throw new Error(`the server does not let ${request.node} join: ${refused}`);
}
