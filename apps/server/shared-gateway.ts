import type { NatsConnection } from '@nats-io/transport-node';
import type { Lease } from '#lease';
import { forwardCommand, RoutedGateway } from '#writer';
import type { WriterHost } from './writer-host.js';

/** How often it is looked who the writer is. */
const POLL_MS = 250;

/** The gateway of a server that shares its log: to its own writer while that reigns, else to whoever does. */
export interface SharedGateway {
  readonly gateway: RoutedGateway;
  /** Why no command can be brought to a writer; none: one reigns. */
  troubles(): readonly string[];
  close(): void;
}

export function openSharedGateway(nc: NatsConnection, lease: Lease, own: WriterHost): SharedGateway {
  let reign: number | null = null;
  const look = () => {
    lease.holder().then(
      (holder) => (reign = holder?.reign ?? null),
      () => undefined,
    );
  };
  const timer = setInterval(look, POLL_MS);
  look();
  const gateway = new RoutedGateway({
    find() {
      if (own.isReigning()) return Promise.resolve((command, meta) => own.gateway.execute(command, meta));
      const present = reign;
      if (present === null) return Promise.resolve(null);
      return Promise.resolve((command, meta) => forwardCommand(nc, present, { command, meta }));
    },
  });
  return {
    gateway,
    troubles: () => (own.isReigning() || reign !== null ? [] : ['no writer reigns']),
    close: () => clearInterval(timer),
  };
}
