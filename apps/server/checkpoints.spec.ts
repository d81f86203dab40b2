import { setImmediate as immediate } from 'node:timers/promises';
import { isSigned } from '#ledger';
import { createSigner } from '#sealing';
import type { SignCheckpoint } from '#domain';
import { History, START_MS } from '../../libs/domain/testing/given.js';
import { movableClock } from '../../libs/platform/testing/movable-clock.js';
import { keepCheckpoints } from './checkpoints.js';

const MINUTE_MS = 60_000;
const signer = createSigner(new Uint8Array(32).fill(1));

/** A writer's state, of which every commit is told, and what was signed of it. */
function reign() {
  const history = new History();
  const clock = movableClock(START_MS);
  const signed: SignCheckpoint[] = [];
  let store = (checkpoint: SignCheckpoint): Promise<unknown> => Promise.resolve(history.when(checkpoint));
  const checkpoints = keepCheckpoints({ streamId: 'a-log', signer, clock }, (checkpoint) => {
    signed.push(checkpoint);
    return store(checkpoint);
  });
  history.when({ type: 'open-writer', program: 'p', logFormat: 1, timeZoneData: 'z', keyCheck: 'k' });
  const commit = async () => {
    history.schedule(1000);
    const number = history.state.position;
    checkpoints.note(history.state, { number, sequence: number, hash: `hash of ${number}` });
    await immediate();
  };
  const pass = (ms: number) => {
    clock.pass(ms);
    history.nowMs += ms;
  };
  return { history, signed, checkpoints, commit, pass, storeBy: (by: typeof store) => (store = by) };
}

describe('who keeps checkpoints', () => {
  it('signs the last commit that was stored, ten minutes after the one before at the earliest', async () => {
    const { signed, checkpoints, commit, pass } = reign();
    await commit();
    expect(signed).toEqual([]);
    pass(10 * MINUTE_MS);
    await commit();
    await commit();
    expect(signed).toMatchObject([{ number: 3, hash: 'hash of 3', publicKey: signer.publicKey }]);
    expect(isSigned(signed[0]!, 'a-log')).toBe(true);
    pass(10 * MINUTE_MS);
    await commit();
    expect(signed.map(({ number }) => number)).toEqual([3, 6]);
    checkpoints.close();
  });

  it('signs no other before it is known what became of one, and anew where it was not stored', async () => {
    const { signed, checkpoints, commit, pass, storeBy } = reign();
    const outcome = Promise.withResolvers<unknown>();
    storeBy(() => outcome.promise);
    pass(10 * MINUTE_MS);
    await commit();
    await commit();
    expect(signed).toHaveLength(1);
    outcome.reject(new Error('no writer'));
    await immediate();
    await commit();
    expect(signed.map(({ number }) => number)).toEqual([2, 4]);
    checkpoints.close();
  });
});
