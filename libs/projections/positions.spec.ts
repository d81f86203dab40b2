import { createPositions } from './positions.js';

describe('positions', () => {
  it('tell a reader at once what is there already', async () => {
    const positions = createPositions();
    positions.onPosition('a', 5);
    expect(await positions.waitFor('a', 5, 60_000)).toBe('reached');
    expect(await positions.waitFor('a', 0, 60_000)).toBe('reached');
  });

  it('wake every reader whose position is reached, and no other', async () => {
    const positions = createPositions();
    const waits = [3, 4, 9].map((position) => positions.waitFor('a', position, position === 9 ? 20 : 60_000));
    positions.onPosition('a', 2);
    positions.onPosition('b', 9);
    positions.onPosition('a', 6);
    expect(await Promise.all(waits)).toEqual(['reached', 'reached', 'late']);
  });

  it('wake readers of a projection that stops, and tell later ones until it is rebuilt', async () => {
    const positions = createPositions();
    positions.onPosition('a', 5);
    const waiting = positions.waitFor('a', 9, 60_000);
    positions.onStopped('a');
    expect(await waiting).toBe('stopped');
    expect(await positions.waitFor('a', 1, 60_000)).toBe('stopped');
    positions.onPosition('a', 0);
    const again = positions.waitFor('a', 1, 60_000);
    positions.onPosition('a', 1);
    expect(await again).toBe('reached');
  });
});
