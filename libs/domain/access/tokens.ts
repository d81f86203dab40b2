import type { IssuedToken } from './events.js';

export interface Token extends IssuedToken {
  readonly isRevoked: boolean;
}

/** Tokens of one subject that are known; the oldest that are worth nothing any more are forgotten for new ones. */
export const TOKENS_OF_A_SUBJECT = 1000;

/** Whether it lets anybody in at a time, in milliseconds since the epoch. */
export function isInForce({ isRevoked, expiresAt }: Token, nowMs: number): boolean {
  return !isRevoked && (expiresAt === null || nowMs < Date.parse(expiresAt));
}

/** The tokens that are known, in force or not. */
export class Tokens {
  /** The oldest first. */
  readonly #byId = new Map<number, Token>();
  readonly #idsByDigest = new Map<string, number>();
  readonly #idsBySubject = new Map<string, Set<number>>();
  #last = 0;

  /** Id of the last that was issued, also where it is forgotten. */
  get last(): number {
    return this.#last;
  }

  get(id: number): Token | undefined {
    return this.#byId.get(id);
  }

  byDigest(digest: string): Token | undefined {
    const id = this.#idsByDigest.get(digest);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** The oldest first. */
  of(subject: string): Token[] {
    return Array.from(this.#idsBySubject.get(subject) ?? [], (id) => this.#byId.get(id)!);
  }

  all(): Iterable<Token> {
    return this.#byId.values();
  }

  /** Takes in one that was issued at `nowMs`. */
  add(token: Token, nowMs: number): void {
    const known = this.of(token.subject);
    if (known.length >= TOKENS_OF_A_SUBJECT) {
      const dead = known.find((one) => !isInForce(one, nowMs));
      if (dead) this.#forget(dead);
    }
    this.restore(token);
    this.#last = token.id;
  }

  /** Takes in one that was known, without forgetting another. */
  restore(token: Token): void {
    const ids = this.#idsBySubject.get(token.subject) ?? new Set();
    this.#idsBySubject.set(token.subject, ids.add(token.id));
    this.#byId.set(token.id, token);
    this.#idsByDigest.set(token.digest, token.id);
  }

  /** After all that were known are restored: the id of the last that was issued. */
  restoreLast(id: number): void {
    this.#last = id;
  }

  revoke(id: number): void {
    const token = this.#byId.get(id);
    if (token) this.#byId.set(id, { ...token, isRevoked: true });
  }

  #forget({ id, digest, subject }: Token): void {
    this.#byId.delete(id);
    this.#idsByDigest.delete(digest);
    this.#idsBySubject.get(subject)!.delete(id);
  }
}
