import fc from 'fast-check';
import { JobNodes } from './job-nodes.js';
import type { NodeProgress } from './job-nodes.js';

const names = fc.uniqueArray(fc.string(), { maxLength: 20 });

describe('the nodes of a job', () => {
  it('are found by name, each with its own progress, as in a map of all of them', () => {
    fc.assert(
      fc.property(names, fc.array(fc.nat(25)), fc.string(), (all, asked, other) => {
        const nodes = new JobNodes(all);
        const model = new Map(all.map((name, index): [string, NodeProgress] => [name, fresh(index)]));
        for (const name of asked.map((place) => all[place] ?? other)) {
          const [progress, wanted] = [nodes.get(name), model.get(name)];
          expect(progress).toEqual(wanted);
          if (progress) progress.state = 'running';
          if (wanted) wanted.state = 'running';
        }
        expect([...nodes]).toEqual([...model]);
      }),
    );
  });

  it('go on from the progress that they are given', () => {
    const progress: NodeProgress[] = [fresh(0), { index: 1, state: 'running', startedAt: '2027-05-05T12:00:00.000Z' }];
    expect(new JobNodes(['a', 'b'], progress).get('b')).toBe(progress[1]);
  });
});

const fresh = (index: number): NodeProgress => ({ index, state: 'new', startedAt: null });
