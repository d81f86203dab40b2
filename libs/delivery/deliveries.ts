import type { App } from '#domain';
import { AddressRefused } from './address-refused.js';
import { watchBroker } from './broker-link.js';
import type { BrokerLink } from './broker-link.js';
import { Delivery } from './delivery.js';
import type { DeliveryOrder } from './delivery-order.js';
import { Directory } from './directory.js';
import type { DirectoryOptions } from './directory.js';
import { DueTimer } from './due-timer.js';
import { Receiver } from './receiver.js';
import { reportDelivery } from './report.js';
import type { ReportingOptions } from './report.js';
import type { CallResult, RouteEvents } from './route.js';
import { Wanted } from './wanted.js';

/** Runs of all apps that are being sent or whose reports are not stored yet, at most. */
const AT_ONCE = 4000;

/** Calls that each app may have going however many the others have. */
const ALWAYS = 16;

/** Calls that begin before others have their turn in this thread. */
const BEGUN_AT_ONCE = 64;

/** A run that could not be sent for a reason of ours is sent after this time. */
const NOT_SENT_DELAY_MS = 1000;

/** Calls and their reports may take this long to end when deliveries are closed. */
const CLOSE_MS = 3000;

export interface DeliveriesOptions extends DirectoryOptions, ReportingOptions {}

/** Delivers runs to their apps, each when it is due, and reports what came of it. */
export class Deliveries {
  readonly #wanted = new Wanted();
  readonly #waiting: DueTimer<Delivery>;
  readonly #receivers = new Map<string, Receiver>();
  /** That may begin a call, in the order of their turns. */
  readonly #ready = new Set<Receiver>();
  readonly #directory: Directory;
  readonly #link: BrokerLink;
  #turn: NodeJS.Immediate | null = null;
  /** That have begun and are not reported. */
  #open = 0;
  /** Resolved once nothing is open any more; null: nobody waits for that. */
  #closing: PromiseWithResolvers<void> | null = null;

  constructor(private readonly options: DeliveriesOptions) {
    this.#waiting = new DueTimer(options.clock, (delivery) => this.#isDue(delivery));
    this.#directory = new Directory(options);
    const retryAll = () => this.#receivers.forEach((receiver) => receiver.tryNow());
    this.#link = watchBroker(options.nc, (app) => this.#receivers.get(app)?.tryNow(), retryAll);
  }

  /** Begins a new reign with these; what went before is dropped. */
  reset(orders: Iterable<DeliveryOrder>, apps: readonly App[]): void {
    this.suspend();
    for (const receiver of this.#receivers.values()) void receiver.destroy();
    this.#receivers.clear();
    this.#ready.clear();
    this.#directory.reset(apps);
    for (const order of orders) this.take(order);
  }

  /** Takes a run to deliver, or the next attempt of one; an attempt that is known changes nothing. */
  take(order: DeliveryOrder): void {
    const known = this.#wanted.get(order.run);
    if (known && known.order.attempt >= order.attempt) return;
    if (known) this.#drop(known);
    const delivery = new Delivery(order);
    this.#wanted.add(delivery);
    this.#queue(delivery);
  }

  /** Forgets a run that is not wanted any more: it is not sent, or its call is aborted and nothing reported. */
  drop(run: number): void {
    const delivery = this.#wanted.get(run);
    if (delivery) this.#drop(delivery);
  }

  /** As `drop`, all runs of a job. */
  dropJob(job: number): void {
    for (const delivery of this.#wanted.ofJob(job)) this.#drop(delivery);
  }

  /** Has an app called as it is defined from now on; what waits for it is tried again at once. */
  defineApp(app: App): void {
    this.#directory.define(app);
    this.#redefine(app.id);
  }

  /** Has an app called again as the settings have it, if they do. */
  removeApp(id: string): void {
    this.#directory.remove(id);
    this.#redefine(id);
  }

  /** Drops all there is until the next `reset`. */
  suspend(): void {
    const dropped = this.#wanted.drain();
    this.#waiting.clear();
    for (const receiver of this.#receivers.values()) receiver.due.clear();
    for (const { call } of dropped) call?.abort();
  }

  /** Begins nothing more, gives what has begun 3 s to end and be reported, and drops the rest. */
  async close(): Promise<void> {
    this.#closing = Promise.withResolvers();
    if (this.#open > 0) {
      const timer = setTimeout(this.#closing.resolve, CLOSE_MS);
      await this.#closing.promise;
      clearTimeout(timer);
    }
    this.suspend();
    this.#link.close();
    this.#directory.close();
    await Promise.all(Array.from(this.#receivers.values(), (receiver) => receiver.destroy()));
  }

  #drop(delivery: Delivery): void {
    this.#wanted.delete(delivery);
    delivery.call?.abort();
    if (this.#waiting.delete(delivery)) return;
    const receiver = this.#receivers.get(delivery.order.app);
    if (receiver?.due.delete(delivery)) this.#look(receiver);
  }

  /** Has a delivery wait until it is due, and then for its turn. */
  #queue(delivery: Delivery): void {
    if (delivery.dueMs <= this.options.clock.now()) this.#isDue(delivery);
    else this.#waiting.add(delivery);
  }

  #isDue(delivery: Delivery): void {
    const receiver = this.#receiver(delivery.order.app);
    receiver.due.push(delivery);
    this.#look(receiver);
  }

  #receiver(app: string): Receiver {
    let receiver = this.#receivers.get(app);
    if (!receiver) {
      receiver = new Receiver(app);
      this.#receivers.set(app, receiver);
      this.#openRoutes(receiver);
    }
    return receiver;
  }

  #redefine(app: string): void {
    const receiver = this.#receivers.get(app);
    if (!receiver) return;
    this.#openRoutes(receiver);
    this.#look(receiver);
  }

  #openRoutes(receiver: Receiver): void {
    const events: RouteEvents = {
      onCalled: (delivery, result) => this.#called(receiver, delivery, result),
      onOpen: () => this.#look(receiver),
      onLost: (where, reason) => this.#lost(receiver, where, reason),
    };
    const routes = this.#directory.open(receiver.app, this.#link, events);
    receiver.redefine(routes, this.#directory.callsAtOnce(receiver.app));
  }

  /** Takes note of a change at an app: it may be its turn now, or nothing may be left to remember it for. */
  #look(receiver: Receiver): void {
    if (receiver.isReady) {
      this.#ready.add(receiver);
      this.#pumpSoon();
    } else if (
      receiver.isIdle &&
      !this.#directory.knows(receiver.app) &&
      this.#receivers.get(receiver.app) === receiver
    ) {
      this.#receivers.delete(receiver.app);
      void receiver.destroy();
    }
  }

  /** In another turn: what came together goes out in the order in which it is due, not in that in which it came. */
  #pumpSoon(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = null;
      this.#pump();
    });
  }

  /** Begins a call of each app in turn. */
  #pump(): void {
    if (this.#closing) return;
    let begun = 0;
    // One that is added again meanwhile comes last.
    for (const receiver of this.#ready) {
      if (this.#open >= AT_ONCE && receiver.calls >= ALWAYS) continue;
      if (begun === BEGUN_AT_ONCE) return this.#pumpSoon();
      this.#ready.delete(receiver);
      if (!receiver.isReady) continue;
      begun++;
      this.#open++;
      receiver.sendFirst();
      if (receiver.isReady) this.#ready.add(receiver);
    }
  }

  #called(receiver: Receiver, delivery: Delivery, result: CallResult): void {
    receiver.calls--;
    delivery.call = null;
    if (!this.#wanted.has(delivery) || result.kind === 'aborted') {
      this.#closeOne();
    } else if (result.kind === 'not-reached') {
      receiver.due.push(delivery);
      this.#closeOne();
    } else if (result.kind === 'not-sent') {
      const { app, run } = delivery.order;
      this.options.logger.warn({ app, run, err: result.reason }, 'a run cannot be sent now');
      delivery.dueMs = this.options.clock.now() + NOT_SENT_DELAY_MS;
      this.#queue(delivery);
      this.#closeOne();
    } else {
      void reportDelivery(this.options, delivery, result, this.#wanted).then(() => {
        this.#wanted.delete(delivery);
        this.#closeOne();
      });
    }
    this.#look(receiver);
  }

  #closeOne(): void {
    this.#open--;
    if (this.#open === 0) this.#closing?.resolve();
    if (this.#ready.size > 0) this.#pumpSoon();
  }

  #lost(receiver: Receiver, where: string, reason: Error): void {
    const { logger } = this.options;
    const about = { app: receiver.app, where, reason: reason.message };
    if (!(reason instanceof AddressRefused)) {
      logger.info(about, 'an app cannot be reached this way');
    } else if (!receiver.isWarned) {
      receiver.isWarned = true;
      logger.warn(about, 'an app has an address to which nothing is sent');
    }
  }
}
