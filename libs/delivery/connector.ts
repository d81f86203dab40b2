import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { AddressRefused } from './address-refused.js';
import { guardedLookup } from './guarded-lookup.js';
import { refusalOf } from './refused-address.js';

/** Without a connection for this long, an app is not reachable. */
const CONNECT_TIMEOUT_MS = 3000;

export type Connector = buildConnector.connector;

/**
 * Opens connections to apps, TLS included, or says within 3 s why there is none. Addresses to which nothing is sent are
 * told by what a name leads to at that moment, and an address that is written out by itself.
 */
export function guardedConnector(lookup: LookupFunction): Connector {
  const connect = buildConnector({ lookup: guardedLookup(lookup), timeout: CONNECT_TIMEOUT_MS, allowH2: false });
  return (options, callback) => {
    const { hostname } = options;
    const reason = isIP(hostname) === 0 ? null : refusalOf(hostname);
    if (reason === null) return connect(options, callback);
    const error = new AddressRefused(`${hostname} is ${reason}, expected an address that apps may have`);
    queueMicrotask(() => callback(error, null));
  };
}
