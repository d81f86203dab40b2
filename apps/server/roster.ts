import type { KnownAgent, RecordedEvent } from '#domain';

/** What the writer's thread tells of the agents: all at the beginning of a reign, then each that comes and goes. */
export type RosterChange =
  | { readonly kind: 'all'; readonly agents: readonly KnownAgent[] }
  | { readonly kind: 'joined'; readonly agent: KnownAgent }
  | { readonly kind: 'revoked'; readonly node: string };

/** The agents that are known, by node. */
export type Roster = Map<string, KnownAgent>;

/** What a commit changes in who the agents are. */
export function rosterChanges(events: readonly RecordedEvent[]): RosterChange[] {
  return events.flatMap((event): RosterChange[] => {
    if (event.type === 'daybook.agent.revoked') return [{ kind: 'revoked', node: event.data.node }];
    if (event.type !== 'daybook.agent.joined') return [];
    const { node, publicKey } = event.data;
    return [{ kind: 'joined', agent: { node, publicKey, sinceMs: Date.parse(event.time) } }];
  });
}

export function changeRoster(roster: Roster, change: RosterChange): void {
  switch (change.kind) {
    case 'all':
      roster.clear();
      for (const agent of change.agents) roster.set(agent.node, agent);
      return;
    case 'joined':
      roster.set(change.agent.node, change.agent);
      return;
    case 'revoked':
      roster.delete(change.node);
      return;
  }
}
