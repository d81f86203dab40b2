import type { JsonObject } from '#domain';
import type { AuditedType } from './audit/roles.js';

/** An event of the audit log. */
export interface AuditRow {
  readonly number: number;
  /** RFC 3339 with milliseconds, UTC. */
  readonly time: string;
  readonly type: AuditedType;
  readonly subject: string;
  /** As the event names him. */
  readonly actor: string;
  /** That the actor has now; null: he is no user. */
  readonly login: string | null;
  readonly correlation: string;
  readonly command: string;
  /**
   * What was so until then of what the event says of its subject; all that was so where the subject ended, or where
   * another job of an app took its place. Null: nothing was, or the event changes nothing.
   */
  readonly before: JsonObject | null;
  /** What the event says of its subject; null: it ended, or the event changes nothing. */
  readonly after: JsonObject | null;
  /** What happened, where the event changes nothing; null: it does. */
  readonly details: JsonObject | null;
}

/** A place in the log: the number of an event, or a time in milliseconds since the epoch. */
export type AuditBound = { readonly number: number } | { readonly ms: number };

/** Which entries are asked for: all that is given must fit. */
export interface AuditFilter {
  /** An actor as events name him, or the id or login of a user. */
  readonly actor?: string;
  readonly types?: readonly AuditedType[];
  readonly subject?: string;
  /** The first and the last of them. */
  readonly from?: AuditBound;
  readonly to?: AuditBound;
  readonly correlation?: string;
  readonly command?: string;
}

/** Which part of the entries, in the order of their numbers. */
export interface AuditPage {
  readonly order: 'asc' | 'desc';
  /** Number of the entry after which it begins in this order; null: it begins with the first. */
  readonly after: number | null;
  /** Null: to the last. */
  readonly limit: number | null;
}

export interface AuditQueries {
  /** In batches, each read when it is taken, so that nobody waits for one who takes them slowly. */
  entries(filter: AuditFilter, page: AuditPage): AsyncIterable<readonly AuditRow[]>;
  /** How many entries about a subject with a lower number say what it is, or that it is no more. */
  changesBefore(subject: string, number: number): Promise<number>;
  /** What was said of a subject before an event, key by key; null: there was none, or none any more. */
  standing(subject: string, number: number): Promise<JsonObject | null>;
  /** The first entry about a subject; null: there is none. */
  firstAbout(subject: string): Promise<AuditRow | null>;
}
