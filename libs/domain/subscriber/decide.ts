import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import { keyHolder } from '../key-holder.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { SubscriberCommand } from './commands.js';

export function decideSubscriber(state: State, command: SubscriberCommand): Decision {
  const { name } = command;
  const known = state.subscribers.get(name);
  if (command.type === 'revoke-subscriber') {
    if (!known) return NOTHING;
    return { events: [{ type: 'daybook.subscriber.revoked', data: { name } }], answer: DONE };
  }
  const { publicKey } = command;
  if (known?.publicKey === publicKey) return NOTHING;
  if (keyHolder(state, publicKey) !== null) {
    throw new Refusal({ code: 'name-taken', what: 'natsKey', name: publicKey });
  }
  return { events: [{ type: 'daybook.subscriber.admitted', data: { name, publicKey } }], answer: DONE };
}
