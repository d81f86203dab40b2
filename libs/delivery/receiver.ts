import type { Delivery } from './delivery.js';
import { DueQueue } from './due-queue.js';
import type { Route } from './route.js';

/** An app: what is due for it, and the ways to it, which are used in turn. */
export class Receiver {
  readonly due = new DueQueue<Delivery>();
  /** That have begun and not ended. */
  calls = 0;
  /** Whether it has been said that one of its addresses is refused. */
  isWarned = false;
  #routes: readonly Route[] = [];
  #callsAtOnce = 0;
  #turn = 0;

  constructor(readonly app: string) {}

  /** Whether a call may begin now. */
  get isReady(): boolean {
    return this.due.size > 0 && this.calls < this.#callsAtOnce && this.#routes.some(({ isOpen }) => isOpen);
  }

  get isIdle(): boolean {
    return this.due.size === 0 && this.calls === 0;
  }

  /** Has what is due from now on go other ways; calls on the earlier ones go on to their end. */
  redefine(routes: readonly Route[], callsAtOnce: number): void {
    for (const route of this.#routes) void route.close();
    this.#routes = routes;
    this.#callsAtOnce = callsAtOnce;
    this.isWarned = false;
  }

  /** Sends the first that is due; only where the receiver is ready. */
  sendFirst(): void {
    const delivery = this.due.shift()!;
    this.calls++;
    this.#nextRoute().send(delivery);
  }

  tryNow(): void {
    for (const route of this.#routes) route.tryNow();
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#routes.map((route) => route.destroy()));
  }

  #nextRoute(): Route {
    for (;;) {
      const route = this.#routes[this.#turn++ % this.#routes.length]!;
      if (route.isOpen) return route;
    }
  }
}
