import type { NatsConnection } from '@nats-io/transport-node';
import { connectedForMs, dispatchSubjects, nodeOf, readHello } from '#agent-protocol';
import type { Clock } from '#platform';
import { connectedSince } from './connected-since.js';

/** A node whose agent is connected. */
export interface ConnectedNode {
  readonly name: string;
  /** Since when without a break, as far as this process has heard; milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** Which agents are connected, as this process hears them say hello. */
export interface Presence {
  /** In the order of their names. @throws BrokerAway */
  connected(): readonly ConnectedNode[];
  /** Null: it is not connected. @throws BrokerAway */
  find(name: string): ConnectedNode | null;
  /** Of the broker over which they are heard, `host:port`. */
  readonly broker: string;
  close(): void;
}

/** Nobody can be heard: there is no connection to the broker at present. */
export class BrokerAway extends Error {
  override readonly name = 'BrokerAway';
}

/** Listens to the hellos of all agents, whoever answers them. */
export function followPresence(nc: NatsConnection, clock: Clock): Presence {
  const heard = new Map<string, { readonly sinceMs: number; readonly untilMs: number }>();
  const sinceMs = connectedSince(nc);
  const subscription = nc.subscribe(dispatchSubjects('*').hello, {
    callback: (error, message) => {
      const hello = error ? null : readHello(message.string());
      if (!hello) return;
      const name = nodeOf(message.subject);
      const known = heard.get(name);
      heard.set(name, {
        sinceMs: known && isAhead(known.untilMs) ? known.sinceMs : clock.now(),
        untilMs: clock.monotonic() + connectedForMs(hello),
      });
    },
  });

  const isAhead = (ms: number) => clock.monotonic() < ms;

  /** Whoever cannot be heard for now is not gone for that. */
  function listen(): void {
    if (sinceMs() === null) throw new BrokerAway('there is no connection to the broker');
  }

  function find(name: string): ConnectedNode | null {
    listen();
    const known = heard.get(name);
    return known && isAhead(known.untilMs) ? { name, sinceMs: known.sinceMs } : null;
  }

  return {
    connected() {
      listen();
      for (const [name, { untilMs }] of heard) if (!isAhead(untilMs)) heard.delete(name);
      return [...heard.keys()].sort().flatMap((name) => find(name) ?? []);
    },
    find,
    get broker() {
      return nc.getServer();
    },
    close: () => subscription.unsubscribe(),
  };
}
