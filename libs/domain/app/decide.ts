import { DONE } from '../decision.js';
import type { Decision } from '../decision.js';
import { keyHolder } from '../key-holder.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { AppCommand } from './commands.js';

export function decideApp(state: State, command: AppCommand): Decision {
  if (command.type === 'define-app') {
    const { app } = command;
    const holder = app.natsKey === null ? null : keyHolder(state, app.natsKey);
    if (holder !== null && holder !== `app/${app.id}`) {
      throw new Refusal({ code: 'name-taken', what: 'natsKey', name: app.natsKey! });
    }
    return { events: [{ type: 'daybook.app.defined', data: app }], answer: DONE };
  }
  const { id } = command;
  if (!state.apps.has(id)) throw new Refusal({ code: 'unknown-app', id });
  return { events: [{ type: 'daybook.app.removed', data: { id } }], answer: DONE };
}
