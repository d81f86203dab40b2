import type { Answer } from './command.js';
import type { DomainEvent } from './event.js';

/** What follows from a command: facts to be stored together, and what its caller learns. */
export interface Decision {
  readonly events: readonly DomainEvent[];
  readonly answer: Answer;
  /** Where the answer comes from an earlier event: its number. */
  readonly position?: number;
}

export const DONE: Answer = { kind: 'done' };

/** Nothing happened. */
export const NOTHING: Decision = { events: [], answer: DONE };
