import { setImmediate as immediate } from 'node:timers/promises';
import { Line } from './line.js';

describe('a line', () => {
  it('serves no more than a thousand at a time, the others in the order in which they came', async () => {
    const served: number[] = [];
    const line: Line<number> = new Line((one) => void serve(one));
    const serve = (one: number) => line.enter(one) && served.push(one);
    for (let one = 0; one < 1002; one++) serve(one);
    for (let turn = 0; turn < 50; turn++) await immediate();
    expect(served).toEqual(Array.from({ length: 1000 }, (_, one) => one));
    line.leave();
    line.leave();
    await immediate();
    expect(served.slice(1000)).toEqual([1000, 1001]);
  });

  it('begins with no more than fifty before others have their turn', async () => {
    const served: number[] = [];
    const line: Line<number> = new Line((one) => void serve(one));
    const serve = (one: number) => line.enter(one) && served.push(one);
    for (let one = 0; one < 120; one++) serve(one);
    expect(served).toHaveLength(50);
    await immediate();
    expect(served).toHaveLength(100);
    await immediate();
    expect(served).toHaveLength(120);
  });
});
