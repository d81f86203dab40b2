import { Pool } from 'undici';
import type { Client, Dispatcher } from 'undici';
import type { LargeValues } from '#large-values';
import type { Clock } from '#platform';
import { Connection } from './connection.js';
import type { Connector } from './connector.js';
import type { Deadlines } from './deadlines.js';
import type { Delivery } from './delivery.js';
import { HttpCall } from './http-call.js';
import type { HttpCaller } from './http-call.js';
import { largeBody } from './large-body.js';
import { Reachability } from './reachability.js';
import type { CallResult, Route, RouteEvents } from './route.js';
import { runId } from './run-id.js';
import { traceParent } from './trace-parent.js';

export interface HttpRouteOptions {
  /** An `http` or `https` URL; the path of a job is appended to its own. */
  readonly address: string;
  /** Sent as `dapr-api-token`; null: nothing is. */
  readonly token: string | null;
  /** Connections at most; calls beyond them wait. */
  readonly connections: number;
  readonly streamId: string;
  readonly connector: Connector;
  readonly deadlines: Deadlines<HttpCall>;
  readonly largeValues: LargeValues;
  readonly clock: Clock;
}

/** The way to an app over HTTP at one of its addresses. */
export class HttpRoute implements Route, HttpCaller {
  readonly origin: string;
  readonly #url: URL;
  /** The address's own path without a slash at its end. */
  readonly #base: string;
  readonly #client: Client.Options;
  readonly #pool: Pool;
  readonly #reachability = new Reachability(() => this.#probe());

  /** @throws TypeError when the address is no URL */
  constructor(
    private readonly options: HttpRouteOptions,
    private readonly events: RouteEvents,
  ) {
    this.#url = new URL(options.address);
    this.origin = this.#url.origin;
    this.#base = this.#url.pathname.replace(/\/+$/, '');
    // Deadlines watch over all of an attempt; the client's own would only do so for parts of it.
    this.#client = { connect: options.connector, allowH2: false, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
    this.#pool = new Pool(this.origin, {
      ...this.#client,
      connections: options.connections,
      factory: (origin, client) => new Connection(origin, client),
    });
  }

  get isOpen(): boolean {
    return !this.#reachability.isDown;
  }

  get timeoutMs(): number {
    return this.options.deadlines.timeoutMs;
  }

  now(): number {
    return this.options.clock.monotonic();
  }

  send(delivery: Delivery): void {
    const call = new HttpCall(delivery, this);
    delivery.call = call;
    // Where it cannot even be tried that is when it was.
    delivery.noteSending(this.options.clock);
    this.#pool.dispatch(this.#request(delivery), call);
  }

  repeat(call: HttpCall): void {
    this.options.deadlines.delete(call);
    const connection = new Connection(this.origin, this.#client);
    connection.dispatch(this.#request(call.delivery), call);
    void connection.close();
  }

  onSending(call: HttpCall): void {
    call.delivery.noteSending(this.options.clock);
    this.options.deadlines.add(call);
    if (!this.isOpen) this.#found();
  }

  onOver(call: HttpCall, result: CallResult, error: Error | null): void {
    this.options.deadlines.delete(call);
    if (result.kind === 'not-reached' && this.#reachability.lost()) this.events.onLost(this.origin, oneOf(error!));
    this.events.onCalled(call.delivery, result);
  }

  tryNow(): void {
    this.#reachability.tryNow();
  }

  close(): Promise<void> {
    this.#reachability.close();
    return this.#pool.close();
  }

  destroy(): Promise<void> {
    this.#reachability.close();
    return this.#pool.destroy();
  }

  #request({ order }: Delivery): Dispatcher.DispatchOptions {
    const id = runId(this.options.streamId, order.run);
    const headers = [
      'content-type',
      'application/json',
      'traceparent',
      traceParent(id),
      'daybook-run-id',
      id,
      'daybook-occurrence',
      order.occurrence,
      'daybook-attempt',
      String(order.attempt),
    ];
    if (this.options.token !== null) headers.push('dapr-api-token', this.options.token);
    if (order.large) headers.push('content-length', String(order.large.size));
    return {
      method: 'POST',
      path: `${this.#base}/job/${encodeURIComponent(order.name.toWellFormed())}`,
      headers,
      body: order.large ? largeBody(this.options.largeValues, order.large) : order.payload,
    };
  }

  #probe(): void {
    const { hostname, host, protocol, port } = this.#url;
    const target = { hostname: hostname.replace(/^\[|\]$/g, ''), host, protocol, port };
    this.options.connector(target, (error, socket) => {
      socket?.destroy();
      if (this.#reachability.isClosed) return;
      if (error) this.#reachability.lost();
      else this.#found();
    });
  }

  #found(): void {
    this.#reachability.found();
    this.events.onOpen();
  }
}

/** Where several addresses of a name were tried there is an error of each, and the whole says nothing. */
const oneOf = (error: Error & { readonly errors?: readonly Error[] }): Error => error.errors?.[0] ?? error;
