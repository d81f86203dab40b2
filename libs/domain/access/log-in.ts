import type { Answer } from '../command.js';
import type { Decision } from '../decision.js';
import { instant } from '../instant.js';
import type { State } from '../state.js';
import type { Subject } from '../subject/events.js';
import type { AccessCommandOf } from './commands.js';
import { newToken } from './issue-tokens.js';
import { registered, subjectOfLogin } from './users.js';

/** Wrong passwords in a row after which no password is right for a while. */
export const FAILURES_TO_LOCK = 10;

/** For how long. */
export const LOCKED_MS = 15 * 60_000;

const FAILED: Answer = { kind: 'login-failed' };

/** The beginning of a kept hash: all but the hash itself. */
export function askSalt(state: State, { login }: AccessCommandOf<'ask-salt'>): Decision {
  const subject = subjectOfLogin(state, login);
  const kept = subject && state.access.passwords.get(subject.id);
  return { events: [], answer: { kind: 'salt', salt: kept ? kept.slice(0, kept.lastIndexOf('$') + 1) : null } };
}

/** Compares a password and issues a token. What is wrong, or whether the subject is locked, the answer does not tell. */
export function logIn(state: State, command: AccessCommandOf<'log-in'>, nowMs: number): Decision {
  const subject = subjectOfLogin(state, command.login);
  const kept = subject && state.access.passwords.get(subject.id);
  if (!subject || kept === undefined || subject.is_revoked || isLocked(state, subject, nowMs)) {
    return { events: [], answer: FAILED };
  }
  if (!isEqual(kept, command.password)) return failed(state, subject, nowMs);
  const token = newToken(state, subject, command.token, nowMs, true);
  return {
    events: [{ type: 'daybook.token.issued', data: token }, registered({ ...subject, last_login: instant(nowMs) })],
    answer: { kind: 'token-issued', token: token.id },
  };
}

function isLocked({ access }: State, { id }: Subject, nowMs: number): boolean {
  return nowMs < (access.failures.get(id)?.lockedUntilMs ?? 0);
}

/** A lock that is over begins the count anew. */
function failed({ access }: State, { id }: Subject, nowMs: number): Decision {
  const before = access.failures.get(id);
  const failures = before && before.lockedUntilMs === null ? before.count + 1 : 1;
  const lockedUntil = failures < FAILURES_TO_LOCK ? null : instant(nowMs + LOCKED_MS);
  return { events: [{ type: 'daybook.subject.login-failed', data: { id, failures, lockedUntil } }], answer: FAILED };
}

/** Takes as long for texts that begin alike as for others. */
function isEqual(kept: string, given: string): boolean {
  let difference = kept.length ^ given.length;
  for (let place = 0; place < kept.length; place++) difference |= kept.charCodeAt(place) ^ given.charCodeAt(place);
  return difference === 0;
}
