import { FUNCTIONS } from '../../libs/plan-language/functions/registry.js';
import { STEP_KINDS } from '../../libs/plan-language/steps/step-kinds.js';
import { codeSpans, firstTable, read, section } from './markdown.js';

const text = read('docs/plans.md');

describe('docs/plans.md', () => {
  it('names every function, and no other', () => {
    expect(codeSpans(section(text, 'Functions')).toSorted()).toEqual([...FUNCTIONS.keys()].toSorted());
  });

  it('has a row for every kind of step that is supported', () => {
    const rows = firstTable(section(text, 'The file')).map(([step]) => codeSpans(step!)[0]);
    expect(rows.toSorted()).toEqual(
      Object.keys(STEP_KINDS)
        .filter((kind) => kind !== 'resources')
        .toSorted(),
    );
  });
});
