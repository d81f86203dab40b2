import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { NatsConnection } from '@nats-io/transport-node';
import type { App } from '#domain';
import type { LargeValues } from '#large-values';
import type { Clock } from '#platform';
import type { BrokerLink } from './broker-link.js';
import { guardedConnector } from './connector.js';
import type { Connector } from './connector.js';
import { Deadlines } from './deadlines.js';
import type { HttpCall } from './http-call.js';
import { HttpRoute } from './http-route.js';
import type { Route, RouteEvents } from './route.js';
import { SubscriptionRoute } from './subscription-route.js';

/** Calls at once to an app for which nobody has said how many. */
const CALLS_AT_ONCE = 64;

/** An app as the settings have it. */
export interface ConfiguredApp {
  readonly id: string;
  /** As those of an `App`. */
  readonly addresses: readonly string[];
}

export interface DirectoryOptions {
  readonly streamId: string;
  readonly configuredApps: readonly ConfiguredApp[];
  readonly nc: NatsConnection;
  readonly largeValues: LargeValues;
  readonly openToken: (app: App) => string | null;
  readonly timeoutMs: number;
  /** Finds the addresses of a name; absent: as the system does. */
  readonly lookup?: LookupFunction;
  readonly clock: Clock;
}

/** How apps are reached: as they were defined, else as the settings have it, else by subscription. */
export class Directory {
  readonly #defined = new Map<string, App>();
  readonly #configured: ReadonlyMap<string, ConfiguredApp>;
  readonly #connector: Connector;
  readonly #deadlines: Deadlines<HttpCall>;

  constructor(private readonly options: DirectoryOptions) {
    this.#configured = new Map(options.configuredApps.map((app) => [app.id, app]));
    this.#connector = guardedConnector(options.lookup ?? lookup);
    this.#deadlines = new Deadlines(options.timeoutMs, options.clock);
  }

  /** Forgets what was defined, and begins with these. */
  reset(apps: readonly App[]): void {
    this.#defined.clear();
    for (const app of apps) this.define(app);
  }

  define(app: App): void {
    this.#defined.set(app.id, app);
  }

  remove(id: string): void {
    this.#defined.delete(id);
  }

  /** Whether anything is said of an app. */
  knows(id: string): boolean {
    return this.#defined.has(id) || this.#configured.has(id);
  }

  callsAtOnce(id: string): number {
    return this.#defined.get(id)?.callsAtOnce ?? CALLS_AT_ONCE;
  }

  /** Opens the ways to an app, one for each address. @throws TypeError when an address is no URL */
  open(id: string, link: BrokerLink, events: RouteEvents): readonly Route[] {
    const { clock, largeValues, nc, openToken, streamId, timeoutMs } = this.options;
    const defined = this.#defined.get(id);
    const { addresses } = defined ?? this.#configured.get(id) ?? { addresses: [] };
    const common = { streamId, largeValues, clock };
    if (addresses.length === 0) return [new SubscriptionRoute({ ...common, app: id, nc, link, timeoutMs }, events)];
    const http = {
      ...common,
      token: defined ? openToken(defined) : null,
      connections: this.callsAtOnce(id),
      connector: this.#connector,
      deadlines: this.#deadlines,
    };
    return addresses.map((address) => new HttpRoute({ ...http, address }, events));
  }

  close(): void {
    this.#deadlines.close();
  }
}
