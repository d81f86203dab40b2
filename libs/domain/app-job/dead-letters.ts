import type { UserCommand } from '../command.js';
import { DONE } from '../decision.js';
import type { Decision } from '../decision.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { DeadLetter } from './app-runs.js';

type OfLetter = Extract<UserCommand, { type: 'redeliver-run' | 'discard-run' }>;

/** Has a dead letter delivered again, under the same run number. */
export function redeliverRun(state: State, command: OfLetter): Decision {
  const { run, job: id, failedBefore } = deadLetter(state, command);
  if (failedBefore !== null) throw new Refusal({ code: 'unknown-run', run });
  return { events: [{ type: 'daybook.app-job.redelivered', data: { id, run } }], answer: { kind: 'run', run } };
}

/** Also one that is being delivered again. */
export function discardRun(state: State, command: OfLetter): Decision {
  const { run, job: id } = deadLetter(state, command);
  return { events: [{ type: 'daybook.app-job.discarded', data: { id, run } }], answer: DONE };
}

function deadLetter(state: State, { app, run }: OfLetter): DeadLetter {
  const letter = state.deadLetters.get(run);
  if (!letter || letter.app !== app) throw new Refusal({ code: 'unknown-run', run });
  return letter;
}
