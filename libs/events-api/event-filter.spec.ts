import { NO_FILTER, typesOf } from './event-filter.js';

describe('the types that are asked for', () => {
  it('are none that the caller may not see', () => {
    const types = typesOf({ ...NO_FILTER, types: ['*.created', 'daybook.token.issued'] }, ['daybook.job.created']);
    expect([...types]).toEqual(['daybook.job.created']);
  });
});
