import fc from 'fast-check';
import { ApiError } from './api-error.js';
import { instant, integer, jobId, oneOf, readQuery, text } from './query-parameters.js';

const PARAMETERS = {
  limit: integer(0, 1_000, 50),
  offset: integer(0, null, 0),
  order: oneOf(['asc', 'desc'], 'asc'),
  task: text,
  since: instant,
};

const problem = (query: Record<string, unknown>) => {
  try {
    return readQuery(PARAMETERS, query);
  } catch (error) {
    return error;
  }
};

describe('query parameters', () => {
  it('have their defaults where they are not given', () => {
    expect(readQuery(PARAMETERS, {})).toEqual({
      limit: 50,
      offset: 0,
      order: 'asc',
      task: undefined,
      since: undefined,
    });
  });

  it('are read', () => {
    const query = { limit: '0', offset: '007', order: 'desc', task: 'ec', since: '1970-01-01T00:00:01Z', color: 'red' };
    expect(readQuery(PARAMETERS, query)).toEqual({ limit: 0, offset: 7, order: 'desc', task: 'ec', since: 1000 });
  });

  it('are, whatever is sent, a value of their range or a 400 that names them', () => {
    const anything = fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 2 }), fc.integer().map(String));
    fc.assert(
      fc.property(anything, (given) => {
        const result = problem({ limit: given });
        if (result instanceof Error) {
          expect(result).toBeInstanceOf(ApiError);
          expect(result).toMatchObject({ reason: 'validation-error', details: { parameter: 'limit' } });
          expect(result.message).toMatch(/^limit is /);
        } else {
          const { limit } = result as { limit: number };
          expect(Number.isInteger(limit) && limit >= 0 && limit <= 1_000).toBe(true);
          expect(Number(given)).toBe(limit);
        }
      }),
    );
  });

  it('take every integer of their range', () => {
    fc.assert(
      fc.property(fc.nat(1_000), (limit) => expect(problem({ limit: String(limit) })).toMatchObject({ limit })),
    );
  });

  it.each([
    [{ limit: 'ten' }, "limit is 'ten', expected an integer from 0 to 1000"],
    [{ limit: '' }, "limit is '', expected an integer from 0 to 1000"],
    [{ limit: ['1', '2'] }, "limit is given more than once, as '1' and '2', expected an integer from 0 to 1000"],
    [{ offset: '-1' }, "offset is '-1', expected an integer from 0"],
    [{ order: 'ASC' }, "order is 'ASC', expected one of asc, desc"],
    [{ since: '2027-02-30T00:00:00Z' }, /^since is '2027-02-30T00:00:00Z', expected an ISO 8601 time/],
    [{ task: '' }, "task is '', expected text"],
    [{ task: ['a', 'x'.repeat(200)] }, /^task is given more than once, as 'a' and 'x{99}… and|^task is given/],
  ])('say what is wrong with %j', (query, message) => {
    expect(() => readQuery(PARAMETERS, query)).toThrow(message);
  });
});

describe('a job id in a path', () => {
  const read = (id: string) => jobId.transform(id, { type: 'param' });

  it('has 1 to 15 digits', () => {
    expect(read('117')).toBe(117);
    expect(read('999999999999999')).toBe(999_999_999_999_999);
    for (const id of ['', '1234567890123456', '-1', '1.5', 'x', '１']) expect(() => read(id)).toThrow(ApiError);
  });
});
