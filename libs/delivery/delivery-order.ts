import type { LargeValue } from '#domain';

/** A run that is to be delivered to its app, with all that this takes. */
export interface DeliveryOrder {
  /** Number of the run; apps see its `runId`. */
  readonly run: number;
  /** Id of its job. */
  readonly job: number;
  /** Whether it is wanted also where its job is not any more: it was a dead letter. */
  readonly outlivesJob: boolean;
  readonly app: string;
  /** Of its job. */
  readonly name: string;
  /** The job's data as JSON text; null: it has none, or it is large. */
  readonly payload: string | null;
  /** Where data that is large stands; null: it is not large. */
  readonly large: LargeValue | null;
  /** The instant that was due, as RFC 3339 has it. */
  readonly occurrence: string;
  /** From 1. */
  readonly attempt: number;
  /** Milliseconds since the epoch; among runs of one app that can go out, the earlier goes first. */
  readonly notBeforeMs: number;
}
