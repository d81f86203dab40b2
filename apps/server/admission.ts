import { setTimeout as delay } from 'node:timers/promises';
import type { Admission } from '#agents-api';
import type { AgentGate, NatsUser } from '#broker';
import { appPermissions } from '#delivery';
import type { SubscriberPlaces } from '#feed';
import type { Logger } from '#platform';
import { changeRoster, emptyRoster } from './roster.js';
import type { Roster, RosterChange } from './roster.js';

/** How long somebody waits for the broker to let in whom it should. */
const PATIENCE_MS = 10_000;
/** Pause before a broker that could not be told is told again. */
const AGAIN_MS = 200;

/** Keeps the broker letting in the agents, apps and subscribers that are known. */
export interface KeptAdmission extends Admission {
  change(changes: readonly RosterChange[]): void;
  close(): void;
}

/** Changes that come while the broker is told of earlier ones are told together. */
export function keepAdmission(gate: AgentGate, places: SubscriberPlaces, logger: Logger): KeptAdmission {
  const roster = emptyRoster();
  const closing = new AbortController();
  const waiting = new Set<{ readonly version: number; readonly resolve: (isTold: boolean) => void }>();
  let version = 0;
  let told = 0;
  let isTelling = false;

  async function tell(): Promise<void> {
    const present = version;
    try {
      await gate.admit(usersOf(roster));
      await places.keep([...roster.subscribers.keys()]);
      told = present;
      for (const each of waiting) if (each.version <= told) each.resolve(true);
    } catch (error) {
      logger.warn({ err: error }, 'nats-server was not told who is let in; trying on');
      await delay(AGAIN_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  async function tellUntilSettled(): Promise<void> {
    if (isTelling) return;
    isTelling = true;
    while (told < version && !closing.signal.aborted) await tell();
    isTelling = false;
  }

  return {
    known: () => [...roster.agents.values()],
    subscribers: () => [...roster.subscribers.values()],
    change(changes) {
      const differences = changes.filter((change) => changeRoster(roster, change));
      if (differences.length === 0) return;
      version += 1;
      void tellUntilSettled();
    },
    async settled() {
      if (told === version) return true;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const own = { version, resolve };
      waiting.add(own);
      const timeout = setTimeout(() => resolve(false), PATIENCE_MS);
      return promise.finally(() => {
        clearTimeout(timeout);
        waiting.delete(own);
      });
    },
    route: (host) => gate.route(host),
    close: () => closing.abort(),
  };
}

function usersOf({ agents, apps, subscribers }: Roster): NatsUser[] {
  const ofApps = Array.from(apps.values(), ({ id, natsKey }) => ({
    publicKey: natsKey,
    permissions: appPermissions(id),
  }));
  const ofSubscribers = Array.from(subscribers.values(), ({ name, publicKey }) => ({ subscriber: name, publicKey }));
  return [...agents.values(), ...ofApps, ...ofSubscribers];
}
