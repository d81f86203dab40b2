import { buffer } from 'node:stream/consumers';
import { headers, RequestError, TimeoutError } from '@nats-io/transport-node';
import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import { ValueLost } from '#large-values';
import type { LargeValues } from '#large-values';
import type { Clock } from '#platform';
import { appSubjects } from './app-subjects.js';
import type { BrokerLink } from './broker-link.js';
import type { Delivery } from './delivery.js';
import type { DeliveryOrder } from './delivery-order.js';
import { failed, outcomeOfReply } from './outcome.js';
import { Reachability } from './reachability.js';
import { ABORTED, NOT_REACHED } from './route.js';
import type { CallResult, Route, RouteEvents } from './route.js';
import { runId } from './run-id.js';
import { traceParent } from './trace-parent.js';

/** Bytes of a message that are left for its headers. */
const HEADER_BYTES = 8192;

/** Set by services that answer with an error, which may be all that they answer. */
const SERVICE_ERROR = 'Nats-Service-Error';

export interface SubscriptionRouteOptions {
  readonly app: string;
  readonly nc: NatsConnection;
  readonly link: BrokerLink;
  readonly timeoutMs: number;
  readonly streamId: string;
  readonly largeValues: LargeValues;
  readonly clock: Clock;
}

/**
 * The way to an app that has subscribed to its jobs at the broker. Whether it has is known only once something was sent:
 * a run goes alone as long as nobody is known to be there.
 */
export class SubscriptionRoute implements Route {
  readonly #subject: string;
  readonly #reachability = new Reachability(() => this.#suppose());
  #isProven = false;
  /** Finds out whether anybody is there; null: nothing does. */
  #trial: Delivery | null = null;

  constructor(
    private readonly options: SubscriptionRouteOptions,
    private readonly events: RouteEvents,
  ) {
    this.#subject = appSubjects(options.app).jobs;
  }

  get isOpen(): boolean {
    return !this.#reachability.isDown && (this.#isProven || this.#trial === null);
  }

  send(delivery: Delivery): void {
    const { promise, resolve } = Promise.withResolvers<CallResult>();
    delivery.call = { abort: () => resolve(ABORTED) };
    if (!this.#isProven) this.#trial = delivery;
    void this.#carry(delivery).then(resolve);
    void promise.then((result) => {
      if (this.#trial === delivery) this.#trial = null;
      this.events.onCalled(delivery, result);
    });
  }

  tryNow(): void {
    this.#reachability.tryNow();
  }

  close(): Promise<void> {
    this.#reachability.close();
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return this.close();
  }

  async #carry(delivery: Delivery): Promise<CallResult> {
    const { link, nc, timeoutMs } = this.options;
    const { breaks } = link;
    delivery.noteSending(this.options.clock);
    try {
      const body = await this.#body(delivery.order);
      if (!(body instanceof Uint8Array)) return body;
      if (!link.isConnected) throw new Error('there is no connection to the broker');
      delivery.noteSending(this.options.clock);
      const reply = nc.request(this.#subject, body, { timeout: timeoutMs, headers: this.#headers(delivery.order) });
      if (this.#trial === delivery) void this.#proveUnlessLost(delivery);
      const result = resultOf(await reply);
      this.#prove();
      return result;
    } catch (error) {
      if (error instanceof TimeoutError) return this.#unanswered(link.breaks > breaks);
      this.#isProven = false;
      if (this.#reachability.lost()) this.events.onLost(this.#subject, reasonOf(error as Error));
      return NOT_REACHED;
    }
  }

  /** The bytes to send, or what comes of it where there are none. */
  async #body({ payload, large }: DeliveryOrder): Promise<Uint8Array | CallResult> {
    const { nc, largeValues } = this.options;
    const size = large?.size ?? Buffer.byteLength(payload ?? '');
    const limit = (nc.info?.max_payload ?? Infinity) - HEADER_BYTES;
    if (size > limit)
      return failed('refused', `the job's data has ${size} bytes, expected at most ${limit} at the broker`);
    if (!large) return Buffer.from(payload ?? '');
    try {
      return await buffer(largeValues.get(large.sha256));
    } catch (error) {
      if (error instanceof ValueLost) return failed('broken', `the job's data is lost: ${error.message}`);
      return { kind: 'not-sent', reason: error as Error };
    }
  }

  #headers(order: DeliveryOrder): MsgHdrs {
    const id = runId(this.options.streamId, order.run);
    const all = headers();
    all.set('daybook-job', order.name.toWellFormed());
    all.set('daybook-run-id', id);
    all.set('daybook-occurrence', order.occurrence);
    all.set('daybook-attempt', String(order.attempt));
    all.set('traceparent', traceParent(id));
    return all;
  }

  /** The broker says that nobody is there before it answers what came after the request. */
  async #proveUnlessLost(trial: Delivery): Promise<void> {
    try {
      await this.options.nc.flush();
    } catch {
      return;
    }
    setImmediate(() => {
      if (this.#trial === trial) this.#prove();
    });
  }

  #prove(): void {
    if (this.#isProven) return;
    this.#isProven = true;
    this.#trial = null;
    this.#reachability.found();
    this.events.onOpen();
  }

  #suppose(): void {
    this.#reachability.suppose();
    this.events.onOpen();
  }

  #unanswered(hasBroken: boolean): CallResult {
    const msg = `no reply on ${this.#subject} within ${this.options.timeoutMs} ms`;
    return hasBroken
      ? failed('broken', `${msg}, and the connection to the broker broke meanwhile`)
      : failed('timeout', msg);
  }
}

function resultOf(reply: Msg): CallResult {
  const error = reply.headers?.get(SERVICE_ERROR) ?? '';
  return error === '' ? outcomeOfReply(reply.string()) : failed('refused', `the reply is an error: ${error}`);
}

const reasonOf = (error: Error) =>
  error instanceof RequestError && error.isNoResponders() ? new Error('nobody has subscribed') : error;
