import { digestOf, newToken as randomToken } from '#access';
import type { NewToken } from '#domain';
import { invalid, shown } from '#http';
import { LIFETIME_EXPECTED, lifetimeOf } from './lifetime.js';
import type { TokenBody } from './token.body.js';

/** A token as its owner will have it, and what the log is to know of it. @throws ApiError for a wrong lifetime */
export function newToken({ lifetime, label, description = '' }: TokenBody): { secret: string; token: NewToken } {
  const lifetimeS = lifetimeOf(lifetime);
  if (lifetimeS === undefined) {
    throw invalid(`lifetime is ${shown(lifetime)}, expected ${LIFETIME_EXPECTED}`, { key: 'lifetime' });
  }
  const secret = randomToken();
  return { secret, token: { digest: digestOf(secret), label: label?.trim() ?? null, description, lifetimeS } };
}
