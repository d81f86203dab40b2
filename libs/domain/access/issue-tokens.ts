import { DONE } from '../decision.js';
import type { Decision } from '../decision.js';
import { instant } from '../instant.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { Subject } from '../subject/events.js';
import { demand, demandAll, permissionsOf } from './actor.js';
import type { Actor } from './actor.js';
import type { AccessCommandOf, NewToken } from './commands.js';
import type { IssuedToken } from './events.js';
import { permission } from './permission.js';
import { isInForce, TOKENS_OF_A_SUBJECT } from './tokens.js';
import type { Token } from './tokens.js';
import { subjectOfLogin, subjectOr404 } from './users.js';

/** Issues a token for oneself, or for somebody who may do no more than oneself. */
export function issueToken(
  state: State,
  command: AccessCommandOf<'issue-token'>,
  actor: Actor,
  nowMs: number,
): Decision {
  const subject = subjectOr404(state, command.subject);
  if (actor.subject !== subject.id) {
    demand(actor, permission('users', 'edit', subject.id));
    demandAll(actor, permissionsOf(state, subject));
  }
  // Whoever is revoked himself has come no further than to his own token.
  if (subject.is_revoked) throw new Refusal({ code: 'owner-revoked', login: subject.login });
  const token = newToken(state, subject, command.token, nowMs, false);
  return {
    events: [{ type: 'daybook.token.issued', data: token }],
    answer: { kind: 'token-issued', token: token.id },
  };
}

/** The next token. @throws Refusal when the subject has its label already, or too many */
export function newToken(
  { access: { tokens } }: State,
  subject: Subject,
  { digest, label, description, lifetimeS }: NewToken,
  nowMs: number,
  byLogin: boolean,
): IssuedToken {
  const inForce = tokens.of(subject.id).filter((token) => isInForce(token, nowMs));
  if (inForce.length >= TOKENS_OF_A_SUBJECT) {
    throw new Refusal({ code: 'too-many-tokens', login: subject.login, limit: TOKENS_OF_A_SUBJECT });
  }
  if (label !== null && inForce.some((token) => token.label === label)) {
    throw new Refusal({ code: 'name-taken', what: 'label', name: label });
  }
  const expiresAt = lifetimeS === null ? null : instant(nowMs + lifetimeS * 1000);
  return { id: tokens.last + 1, subject: subject.id, digest, label, description, expiresAt, byLogin };
}

/** Revokes all that are named, or none: one's own, any that one holds in full, and with permission those of others. */
export function revokeTokens(
  state: State,
  command: AccessCommandOf<'revoke-tokens'>,
  actor: Actor,
  nowMs: number,
): Decision {
  const { tokens } = state.access;
  const own = actor.subject === null ? [] : tokens.of(actor.subject).filter((token) => isInForce(token, nowMs));
  const named = [
    ...command.digests.map((digest) => known(tokens.byDigest(digest), 'the token itself')),
    ...command.labels.map((label) =>
      known(
        own.find((token) => token.label === label),
        `the label '${label}'`,
      ),
    ),
    ...command.ids.map((id) => permitted(actor, known(tokens.get(id), `the id ${id}`))),
    ...command.logins.flatMap((login) => {
      const subject = subjectOfLogin(state, login);
      if (!subject) throw new Refusal({ code: 'unknown-user', user: login });
      demandRevoking(actor, subject.id);
      return tokens.of(subject.id);
    }),
  ];
  const ids = new Set(named.filter((token) => isInForce(token, nowMs)).map(({ id }) => id));
  return { events: Array.from(ids, (id) => ({ type: 'daybook.token.revoked', data: { id } })), answer: DONE };
}

function known(token: Token | undefined, by: string): Token {
  if (!token) throw new Refusal({ code: 'unknown-token', by });
  return token;
}

function permitted(actor: Actor, token: Token): Token {
  demandRevoking(actor, token.subject);
  return token;
}

function demandRevoking(actor: Actor, subject: string): void {
  if (actor.subject !== subject) demand(actor, permission('tokens', 'revoke', subject));
}
