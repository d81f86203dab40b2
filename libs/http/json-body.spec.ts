import fc from 'fast-check';
import { ApiError } from './api-error.js';
import { parseJsonBody } from './json-body.js';

describe('a JSON body', () => {
  it('is whatever JSON says, or refused', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const isStorable = !/\\u0000|\\u[dD][89a-fA-F]|\p{Cs}|__proto__/u.test(text);
        if (isStorable) expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never fails in another way, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        try {
          parseJsonBody(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
        }
      }),
    );
  });

  it('is nothing where there are no bytes', () => {
    expect(parseJsonBody(Buffer.alloc(0))).toBeUndefined();
  });

  it.each([
    ['{"password":"hunter2"', 'not JSON'],
    ['{"a":"\\u0000"}', 'NUL'],
    ['{"\\u0000":1}', 'NUL'],
    ['["\\ud83d"]', 'surrogate'],
    ['{"__proto__":1}', '__proto__'],
    [`${'['.repeat(101)}${']'.repeat(101)}`, 'nested'],
  ])('is refused as %s, without repeating it', (text, reason) => {
    expect(() => parseJsonBody(Buffer.from(text))).toThrow(reason);
    expect(() => parseJsonBody(Buffer.from(text))).not.toThrow('hunter2');
  });

  it('may be nested 100 levels deep', () => {
    expect(parseJsonBody(Buffer.from(`${'['.repeat(100)}${']'.repeat(100)}`))).toBeDefined();
  });
});
