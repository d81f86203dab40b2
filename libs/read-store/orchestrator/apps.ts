import type { Projection } from '../projection.js';
import { put, remove } from '../rows/operation.js';

type Folds = Projection['on'];

/** Tokens stay in the log. */
export const appFolds = {
  'daybook.app.defined': ({ data: { id, addresses, token, natsKey, callsAtOnce } }) => [
    put('apps', {
      id,
      addresses: JSON.stringify(addresses),
      has_token: Number(token !== null),
      nats_key: natsKey,
      calls_at_once: callsAtOnce,
    }),
  ],
  'daybook.app.removed': ({ data: { id } }) => [remove('apps', { id })],
} satisfies Partial<Folds>;
