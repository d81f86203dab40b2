import { Refusal } from '../refusal.js';
import { invite, join } from '../testing/agents.js';
import { History } from '../testing/given.js';
import type { App } from './events.js';

const app = (id: string, natsKey: string | null = null): App => ({
  id,
  addresses: ['http://127.0.0.1:6001'],
  token: null,
  natsKey,
  callsAtOnce: 8,
});

const define = (history: History, defined: App) => history.when({ type: 'define-app', app: defined });

describe('an app', () => {
  it('is as it was defined last, until it is removed', () => {
    const history = new History();
    define(history, app('a'));
    define(history, { ...app('a'), addresses: [] });
    expect(history.state.apps.get('a')?.addresses).toEqual([]);
    history.when({ type: 'remove-app', id: 'a' });
    expect(history.state.apps.size).toBe(0);
    expect(() => history.when({ type: 'remove-app', id: 'a' })).toThrow(new Refusal({ code: 'unknown-app', id: 'a' }));
  });

  it('has a key that no other app and no agent has', () => {
    const history = new History();
    define(history, app('a', 'K1'));
    define(history, app('a', 'K1'));
    const taken = new Refusal({ code: 'name-taken', what: 'natsKey', name: 'K1' });
    expect(() => define(history, app('b', 'K1'))).toThrow(taken);
    history.when(invite('i'));
    expect(() => history.when(join('web1', 'K1', 'i'))).toThrow(
      new Refusal({ code: 'join-refused', node: 'web1', reason: 'key-taken' }),
    );
    history.when(join('web1', 'K2', 'i'));
    expect(() => define(history, app('b', 'K2'))).toThrow(Refusal);
  });
});
