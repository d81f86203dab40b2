import { setImmediate as immediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { aborted, becomes, until } from './waiting.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('waiting', () => {
  it.each<[string, (scope: AbortSignal) => Promise<void>]>([
    ['an instant', (scope) => until(Infinity, scope)],
    ['an abort', (scope) => aborted(new AbortController().signal, scope)],
    ['a condition', (scope) => becomes(() => false, 10_000, scope)],
  ])('for %s holds nothing once it is given up', async (_, wait) => {
    const left = (() => {
      const scope = new AbortController();
      const waiting = new WeakRef(wait(scope.signal));
      scope.abort();
      return waiting;
    })();
    await immediate();
    await immediate();
    collectGarbage();
    expect(left.deref()).toBeUndefined();
  });
});
