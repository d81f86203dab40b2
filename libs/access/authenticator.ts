import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { EVERYTHING, Refusal } from '#domain';
import type { Subject } from '#domain';
import type { Authenticate } from '#http';
import type { Clock } from '#platform';
import { NotAccepted, OutcomeUnknown } from '#writer';
import type { CommandGateway } from '#writer';
import { KnownTokens } from './known-tokens.js';
import type { Said } from './known-tokens.js';
import { digestOf, isTokenForm } from './token.js';

export interface AuthenticatorOptions {
  /** The administrator of the settings; his token is known here. */
  readonly administrator: { readonly token: string; readonly subject: Subject };
  readonly gateway: CommandGateway;
  readonly clock: Clock;
}

export interface Authenticator {
  readonly authenticate: Authenticate;
  /** Asks anew for every token: who may do what has changed. */
  forget(): void;
}

/** Knows whose token is whose, by what the writer says. */
export function createAuthenticator({ administrator, gateway, clock }: AuthenticatorOptions): Authenticator {
  const expected = sha256(administrator.token);
  const identity = { subject: administrator.subject, permissions: [EVERYTHING] };
  const known = new KnownTokens((digest) => askWriter(gateway, digest), clock);
  return {
    authenticate(token, isRead) {
      if (timingSafeEqual(sha256(token), expected)) return identity;
      if (!isTokenForm(token)) throw new Refusal({ code: 'invalid-token' });
      return known.find(digestOf(token), isRead);
    },
    forget: () => known.forget(),
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();

async function askWriter(gateway: CommandGateway, digest: string): Promise<Said> {
  const id = randomUUID();
  const meta = { commandId: id, actor: 'daybook', correlationId: id };
  const { answer } = await gateway.execute({ type: 'authenticate', digest }, meta).catch((error: unknown) => {
    throw error instanceof OutcomeUnknown ? new NotAccepted('no-writer', 1) : error;
  });
  if (answer.kind !== 'authenticated') throw new Error(`the writer answered '${answer.kind}', expected authenticated`);
  const { subject, permissions, expiresAt } = answer;
  return { identity: { subject, permissions }, expiresAtMs: expiresAt === null ? Infinity : Date.parse(expiresAt) };
}
