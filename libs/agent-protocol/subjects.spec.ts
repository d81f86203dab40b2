import fc from 'fast-check';
import { agentInbox, dispatchSubjects, isForSender, nodeOf, nodeToken } from './subjects.js';

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
          // It stands for all nodes.
          fc.pre(node !== '*');
          expect(nodeToken(node)).toMatch(/^[\w%-]+$/);
          const { reports } = dispatchSubjects(node);
          expect(nodeOf(reports)).toBe(node);
          expect(isForSender(reports, `${agentInbox(node)}.1`)).toBe(true);
          expect(isForSender(reports, `${agentInbox(`${node}x`)}.1`)).toBe(false);
        },
      ),
    );
  });
});
