import fc from 'fast-check';
import { dispatchSubjects, nodeOf, nodeToken } from './subjects.js';

describe('the subjects of a node', () => {
  it('hold its whole name in one token that gives it back', () => {
    fc.assert(
      fc.property(
        fc.string({
          minLength: 1,
          unit: fc.oneof(
            fc.constantFrom(...'aZ9.-_%*> "{}$\'\\\n', '\u2028', '😀'),
            fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
          ),
        }),
        (node) => {
          expect(nodeToken(node)).toMatch(/^[\w%-]+$/);
          expect(nodeOf(dispatchSubjects(node).reports)).toBe(node);
        },
      ),
    );
  });
});
