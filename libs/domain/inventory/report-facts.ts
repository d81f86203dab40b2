import type { ReportFacts } from '../command.js';
import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { State } from '../state.js';

/** Facts that are known already change nothing. */
export function reportFacts(state: State, { type: _, ...data }: ReportFacts): Decision {
  const known = state.nodes.get(data.node);
  if (known?.factsDigest === data.digest && known.environment === data.environment) return NOTHING;
  const { node } = data;
  const reported = { type: 'daybook.node.facts-reported', data } as const;
  return {
    events: known ? [reported] : [{ type: 'daybook.node.registered', data: { node } }, reported],
    answer: DONE,
  };
}
