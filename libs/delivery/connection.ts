import { Client } from 'undici';
import type { Dispatcher } from 'undici';

/** A handler that is told which connection carries its request. */
export interface Carried extends Dispatcher.DispatchHandler {
  connection: Connection | null;
}

/** One connection to an app at a time, that knows what it has carried. */
export class Connection extends Client {
  #carried = 0;

  constructor(origin: string | URL, options: Client.Options) {
    super(origin, options);
    this.on('connect', () => {
      this.#carried = 0;
    });
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Carried): boolean {
    handler.connection = this;
    return super.dispatch(options, handler);
  }

  /** Counts a request that is being sent; true: it is not the first since this connection was made. */
  carry(): boolean {
    return this.#carried++ > 0;
  }
}
