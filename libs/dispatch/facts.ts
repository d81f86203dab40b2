import { readFacts } from '#agent-protocol';
import type { FactsTaken, Hello } from '#agent-protocol';
import { Refusal } from '#domain';
import type { CommandMeta, ReportFacts, State } from '#domain';

/** Hands facts to the writer; resolves once they are stored or shown to change nothing. */
export type FactsToWriter = (facts: ReportFacts, meta: CommandMeta) => Promise<unknown>;

/** Whether an agent has collected what the log does not hold. */
export function wantsFacts({ node, factsDigest, environment }: Hello, { nodes }: Pick<State, 'nodes'>): boolean {
  const known = nodes.get(node);
  return factsDigest !== null && (known?.factsDigest !== factsDigest || known.environment !== environment);
}

/** Brings what an agent tells of its node into the log. */
export async function takeFacts(node: string, message: unknown, toWriter: FactsToWriter): Promise<FactsTaken> {
  const told = readFacts(message);
  if (typeof told === 'string') return { refused: told };
  const commandId = `facts/${node}/${told.digest}/${told.takenAt}`;
  try {
    const meta = { commandId, actor: `agent/${node}`, correlationId: `node/${node}` };
    await toWriter({ type: 'report-facts', node, ...told }, meta);
    return { refused: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: error.message };
  }
}
