import { Refusal } from '../refusal.js';
import { joinHere } from '../testing/agents.js';
import { History } from '../testing/given.js';

const admit = (name: string, publicKey: string) => ({ type: 'admit-subscriber', name, publicKey }) as const;
const revoke = (name: string) => ({ type: 'revoke-subscriber', name }) as const;

describe('a subscriber', () => {
  it('has the key that it was given last, until it is revoked', () => {
    const history = new History();
    expect(history.when(admit('a', 'K1'))).toEqual([
      { type: 'daybook.subscriber.admitted', data: { name: 'a', publicKey: 'K1' } },
    ]);
    expect(history.when(admit('a', 'K1'))).toEqual([]);
    history.when(admit('a', 'K2'));
    expect([...history.state.subscribers.values()]).toEqual([
      { name: 'a', publicKey: 'K2', sinceMs: history.state.timeMs },
    ]);
    expect(history.when(revoke('a'))).toEqual([{ type: 'daybook.subscriber.revoked', data: { name: 'a' } }]);
    expect(history.state.subscribers.size).toBe(0);
    expect(history.when(revoke('a'))).toEqual([]);
  });

  it('has a key that no other subscriber, agent or app has, nor they its own', () => {
    const history = new History();
    history.when(joinHere('web1', 'K1'));
    const app = { id: 'x', addresses: [], token: null, callsAtOnce: 1 };
    history.when({ type: 'define-app', app: { ...app, natsKey: 'K2' } });
    history.when(admit('a', 'K3'));
    for (const key of ['K1', 'K2', 'K3']) {
      expect(() => history.when(admit('b', key))).toThrow(
        new Refusal({ code: 'name-taken', what: 'natsKey', name: key }),
      );
    }
    expect(() => history.when(joinHere('web2', 'K3'))).toThrow(
      new Refusal({ code: 'join-refused', node: 'web2', reason: 'key-taken' }),
    );
    expect(() => history.when({ type: 'define-app', app: { ...app, natsKey: 'K3' } })).toThrow(
      new Refusal({ code: 'name-taken', what: 'natsKey', name: 'K3' }),
    );
  });

  it('is let in and shut out by an administrator alone', () => {
    const history = new History();
    history.when(admit('a', 'K1'));
    history.state.subjects.set('b', {
      ...history.state.subjects.get('a')!,
      id: 'b',
      is_superuser: false,
      role_ids: [],
    });
    for (const command of [admit('b', 'K2'), revoke('a')]) {
      expect(() => history.when(command, { actor: 'subject/b' })).toThrow(/not-permitted/);
    }
  });
});
