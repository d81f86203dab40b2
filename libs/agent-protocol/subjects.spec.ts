import fc from 'fast-check';
import { dispatchSubjects, nodeOf, nodeToken } from './subjects.js';

describe('the subjects of a node', () => {
  it('hold its whole name in one token that gives it back', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom(...'aZ9.-_%*> ', 'ä', '😀') }), (node) => {
        expect(nodeToken(node)).not.toMatch(/[.*>\s]/);
        expect(nodeOf(dispatchSubjects(node).reports)).toBe(node);
      }),
    );
  });
});
