import type { App, KnownAgent, KnownSubscriber, RecordedEvent, State } from '#domain';

/** An app that takes its jobs over NATS, with a key of its own. */
export interface KeyedApp {
  readonly id: string;
  readonly natsKey: string;
}

/** What the writer's thread tells of agents, apps and subscribers: all at the beginning of a reign, then each that comes and goes. */
export type RosterChange =
  | {
      readonly kind: 'all';
      readonly agents: readonly KnownAgent[];
      readonly apps: readonly KeyedApp[];
      readonly subscribers: readonly KnownSubscriber[];
    }
  | { readonly kind: 'joined'; readonly agent: KnownAgent }
  | { readonly kind: 'revoked'; readonly node: string }
  | { readonly kind: 'app-keyed'; readonly app: KeyedApp }
  | { readonly kind: 'app-gone'; readonly id: string }
  | { readonly kind: 'admitted'; readonly subscriber: KnownSubscriber }
  | { readonly kind: 'shut-out'; readonly name: string };

/** Who is let in by the broker. */
export interface Roster {
  /** By node. */
  readonly agents: Map<string, KnownAgent>;
  /** By id. */
  readonly apps: Map<string, KeyedApp>;
  /** By name. */
  readonly subscribers: Map<string, KnownSubscriber>;
}

export const emptyRoster = (): Roster => ({ agents: new Map(), apps: new Map(), subscribers: new Map() });

/** Everybody who is known in a state. */
export function rosterOf({ agents, apps, subscribers }: State): RosterChange {
  return {
    kind: 'all',
    agents: Array.from(agents.known.values(), ({ tokenDigest: _, ...agent }) => agent),
    apps: [...apps.values()].flatMap((app) => keyed(app) ?? []),
    subscribers: [...subscribers.values()],
  };
}

/** What a commit changes in who is let in. */
export function rosterChanges(events: readonly RecordedEvent[]): RosterChange[] {
  return events.flatMap((event): RosterChange[] => {
    switch (event.type) {
      case 'daybook.agent.revoked':
        return [{ kind: 'revoked', node: event.data.node }];
      case 'daybook.agent.joined': {
        const { node, publicKey } = event.data;
        return [{ kind: 'joined', agent: { node, publicKey, sinceMs: Date.parse(event.time) } }];
      }
      case 'daybook.app.defined': {
        const app = keyed(event.data);
        return [app ? { kind: 'app-keyed', app } : { kind: 'app-gone', id: event.data.id }];
      }
      case 'daybook.app.removed':
        return [{ kind: 'app-gone', id: event.data.id }];
      case 'daybook.subscriber.admitted':
        return [{ kind: 'admitted', subscriber: { ...event.data, sinceMs: Date.parse(event.time) } }];
      case 'daybook.subscriber.revoked':
        return [{ kind: 'shut-out', name: event.data.name }];
      default:
        return [];
    }
  });
}

/** Gives whether anything is different now. */
export function changeRoster({ agents, apps, subscribers }: Roster, change: RosterChange): boolean {
  switch (change.kind) {
    case 'all':
      agents.clear();
      apps.clear();
      subscribers.clear();
      for (const agent of change.agents) agents.set(agent.node, agent);
      for (const app of change.apps) apps.set(app.id, app);
      for (const subscriber of change.subscribers) subscribers.set(subscriber.name, subscriber);
      return true;
    case 'joined':
      agents.set(change.agent.node, change.agent);
      return true;
    case 'revoked':
      return agents.delete(change.node);
    case 'app-keyed': {
      const isNew = apps.get(change.app.id)?.natsKey !== change.app.natsKey;
      apps.set(change.app.id, change.app);
      return isNew;
    }
    case 'app-gone':
      return apps.delete(change.id);
    case 'admitted':
      subscribers.set(change.subscriber.name, change.subscriber);
      return true;
    case 'shut-out':
      return subscribers.delete(change.name);
  }
}

const keyed = ({ id, natsKey }: App): KeyedApp | null => (natsKey === null ? null : { id, natsKey });
