import type { Api, Env } from '../api.js';

/** What a look at one thing has found. */
export interface Finding {
  readonly outcome: 'ok' | 'warn' | 'fail';
  readonly says: string;
  /** What to do; absent: nothing. */
  readonly advice?: string;
}

/** What can be looked at from here. */
export interface Patient {
  readonly api: Api;
  readonly env: Env;
  /** Of this program. */
  readonly version: string;
}

/** A look at one thing. @throws Error when it cannot be seen */
export type Look = (patient: Patient) => Promise<Finding | readonly Finding[]>;
