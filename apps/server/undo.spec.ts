import { StoppedWhileStarting, UndoList } from './undo.js';

describe('what was brought up', () => {
  it('is taken down the last first, once', async () => {
    const undo = new UndoList();
    const undone: number[] = [];
    for (const part of [1, 2, 3]) await undo.keep(() => void undone.push(part));
    await Promise.all([undo.all(), undo.all()]);
    expect(undone).toEqual([3, 2, 1]);
  });

  it('is taken down at once where the rest is being taken down, and the start is told to end', async () => {
    const undo = new UndoList();
    const undone: string[] = [];
    await undo.all();
    await expect(undo.keep(() => void undone.push('late'))).rejects.toThrow(StoppedWhileStarting);
    expect(undone).toEqual(['late']);
  });
});
