import type { NatsConnection } from '@nats-io/transport-node';
import { appOf, appSubjects } from './app-subjects.js';

/** What is known of the broker over which apps take their jobs. */
export interface BrokerLink {
  readonly isConnected: boolean;
  /** How often the connection has broken so far. */
  readonly breaks: number;
  close(): void;
}

/**
 * Watches over a connection to the broker.
 * @param onHere an app has said that it is there
 * @param onConnected the connection is there again
 */
export function watchBroker(nc: NatsConnection, onHere: (app: string) => void, onConnected: () => void): BrokerLink {
  const link = { isConnected: true, breaks: 0 };
  let isClosed = false;
  const subscription = nc.subscribe(appSubjects('*').here, {
    callback: (error, { subject }) => {
      if (!error) onHere(appOf(subject));
    },
  });

  void (async () => {
    for await (const { type } of nc.status()) {
      if (isClosed) return;
      if (type === 'disconnect') {
        link.isConnected = false;
        link.breaks++;
      } else if (type === 'reconnect') {
        link.isConnected = true;
        onConnected();
      }
    }
  })();

  return {
    get isConnected() {
      return link.isConnected;
    },
    get breaks() {
      return link.breaks;
    },
    close() {
      isClosed = true;
      subscription.unsubscribe();
    },
  };
}
