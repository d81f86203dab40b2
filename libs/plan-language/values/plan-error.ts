import type { PlanFailure } from '../effects.js';
import { hashOf } from './hash.js';
import { hashFromJson, hashToJson } from './json.js';
import type { ErrorValue, Hash } from './value.js';

/** Ends a plan, unless something in it catches it. */
export class PlanError extends Error {
  override readonly name = 'PlanError';

  constructor(readonly error: ErrorValue) {
    super(error.msg);
  }
}

/** The hash without entries. */
export const EMPTY_HASH: Hash = hashOf([]);

/** An error of a kind, with a message and details. */
export const planError = (kind: string, msg: string, details: Hash = EMPTY_HASH): PlanError =>
  new PlanError({ is: 'Error', kind, msg, details, issueCode: null });

/** An error of what a driver says. @throws Mistake when its details are nested too deeply */
export const errorOf = ({ kind, msg, details }: PlanFailure): PlanError => planError(kind, msg, hashFromJson(details));

/** What a plan tells of an error. */
export const failureOf = ({ kind, msg, details }: ErrorValue): PlanFailure => ({
  kind,
  msg,
  details: hashToJson(details),
});
