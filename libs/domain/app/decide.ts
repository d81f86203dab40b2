import { DONE } from '../decision.js';
import type { Decision } from '../decision.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { AppCommand } from './commands.js';
import type { App } from './events.js';

export function decideApp(state: State, command: AppCommand): Decision {
  if (command.type === 'define-app') {
    demandOwnKey(state, command.app);
    return { events: [{ type: 'daybook.app.defined', data: command.app }], answer: DONE };
  }
  const { id } = command;
  if (!state.apps.has(id)) throw new Refusal({ code: 'unknown-app', id });
  return { events: [{ type: 'daybook.app.removed', data: { id } }], answer: DONE };
}

/** A key is of one agent or app: whoever holds it may do what that may. */
function demandOwnKey({ apps, agents }: State, { id, natsKey }: App): void {
  if (natsKey === null) return;
  const isTaken =
    agents.keys.has(natsKey) || [...apps.values()].some((app) => app.id !== id && app.natsKey === natsKey);
  if (isTaken) throw new Refusal({ code: 'name-taken', what: 'natsKey', name: natsKey });
}
