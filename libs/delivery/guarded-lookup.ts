import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AddressRefused } from './address-refused.js';
import { refusalOf } from './refused-address.js';

type Tell = (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void;

/**
 * A look-up that gives of a name's addresses only those to which something may be sent, and an `AddressRefused` where
 * there is none of these. A name that is being looked up is not looked up a second time meanwhile: the system does few
 * look-ups at once, and a name that nobody answers for must not keep others from theirs.
 */
export function guardedLookup(lookup: LookupFunction): LookupFunction {
  const asked = new Map<string, Tell[]>();

  function ask(hostname: string, tell: Tell): void {
    const others = asked.get(hostname);
    if (others) {
      others.push(tell);
      return;
    }
    const told = [tell];
    asked.set(hostname, told);
    lookup(hostname, { all: true }, (error, found) => {
      asked.delete(hostname);
      for (const each of told) each(error, Array.isArray(found) ? found : []);
    });
  }

  return (hostname, options, callback) => {
    ask(hostname, (error, found) => {
      const allowed = found.filter(({ address }) => refusalOf(address) === null);
      const [first] = allowed;
      if (error) callback(error, []);
      else if (!first) callback(refused(hostname, found), []);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function refused(hostname: string, found: readonly LookupAddress[]): AddressRefused {
  const reasons = found.map(({ address }) => `${address} (${refusalOf(address)})`).join(', ');
  return new AddressRefused(`${hostname} leads to ${reasons || 'no address'}, expected one that apps may have`);
}
