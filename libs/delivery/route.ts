import type { Delivery } from './delivery.js';
import type { Outcome } from './outcome.js';

/** What came of a call, an outcome or nothing that counts. */
export type CallResult =
  | Outcome
  /** Nothing of it got to the app, since there was no way to it. */
  | { readonly kind: 'not-reached' }
  /** It has not been sent as a whole, for a reason that is not the app's. */
  | { readonly kind: 'not-sent'; readonly reason: Error }
  | { readonly kind: 'aborted' };

export const NOT_REACHED: CallResult = { kind: 'not-reached' };
export const ABORTED: CallResult = { kind: 'aborted' };

/** One of the ways to an app. */
export interface Route {
  /** Whether a call may be sent now. */
  readonly isOpen: boolean;
  /** Begins to call the app; `RouteEvents` tell what comes of it. */
  send(delivery: Delivery): void;
  /** Where the way is lost: looks for it at once. */
  tryNow(): void;
  /** Sends nothing more, and resolves once the calls that were begun have ended. */
  close(): Promise<void>;
  /** Closes it with all that was begun. */
  destroy(): Promise<void>;
}

export interface RouteEvents {
  /** Told once of every delivery that was sent. */
  onCalled(delivery: Delivery, result: CallResult): void;
  /** A call may be sent again. */
  onOpen(): void;
  /** From now on there is no way. @param where names it */
  onLost(where: string, reason: Error): void;
}
