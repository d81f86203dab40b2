import type { Decision } from '../decision.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import { permissionsOf } from './actor.js';
import type { AccessCommandOf } from './commands.js';
import { isInForce } from './tokens.js';

/** Whose token has this digest. @throws Refusal when it lets nobody in */
export function authenticate(state: State, { digest }: AccessCommandOf<'authenticate'>, nowMs: number): Decision {
  const token = state.access.tokens.byDigest(digest);
  if (!token) throw new Refusal({ code: 'invalid-token' });
  const subject = state.subjects.get(token.subject)!;
  if (subject.is_revoked) throw new Refusal({ code: 'user-revoked', login: subject.login });
  if (token.isRevoked) throw new Refusal({ code: 'token-revoked' });
  if (!isInForce(token, nowMs)) throw new Refusal({ code: 'token-expired' });
  const permissions = permissionsOf(state, subject);
  return { events: [], answer: { kind: 'authenticated', subject, permissions, expiresAt: token.expiresAt } };
}
