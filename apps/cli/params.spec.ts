import fc from 'fast-check';
import { jsonOrFile, paramsOf } from './params.js';
import { WrongUse } from './wrong-use.js';

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/);

describe('a parameter that is typed', () => {
  it.each([
    ['text', 'hello'],
    ['with=more', 'a=b'],
    ['empty', ''],
    ['version', '1.10'],
    ['digits', '12345678901234567890'],
    ['exponent', '1e3'],
    ['zeros', '007'],
    ['minus', '-0'],
    ['lines', 'a\nb'],
    ['half', '{"a":'],
  ])('%s is the text that it looks like', (param, text) => {
    expect(paramsOf([`${param.split('=')[0]}=${text}`])).toEqual({ [param.split('=')[0]!]: text });
  });

  it('is any value of JSON as JSON writes it', () => {
    fc.assert(
      fc.property(name, fc.jsonValue(), (param, value) => {
        expect(JSON.stringify(paramsOf([`${param}=${JSON.stringify(value)}`])[param])).toBe(JSON.stringify(value));
      }),
    );
  });

  it('is never another number than was typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?\d{1,25}(\.\d{1,25})?(e\d{1,3})?$/), (text) => {
        expect(`${paramsOf([`x=${text}`])['x'] as number | string}`).toBe(text);
      }),
    );
  });

  it('goes before what was given in JSON, and leaves the rest', () => {
    expect(paramsOf(['b=2'], { a: 1, b: 1 })).toEqual({ a: 1, b: 2 });
    expect(Object.keys(paramsOf(['__proto__=1']))).toEqual(['__proto__']);
  });

  it.each([
    [['message'], "parameter is 'message', expected name=value"],
    [['=1'], "parameter is '=1', expected name=value"],
    [['a=1', 'b=2', 'a=3'], "parameter 'a' comes twice, expected each once"],
  ])('is refused in %j', (words, message) => {
    expect(() => paramsOf(words)).toThrow(new WrongUse(message));
  });
});

describe('an option with JSON', () => {
  it('has it, or names a file with it', () => {
    expect(jsonOrFile('--params', ' {"a": 1}')).toEqual({ a: 1 });
    expect(jsonOrFile('--params', 'package.json')).toMatchObject({ name: 'daybook' });
  });

  it.each([
    ['{"a": secret', /^--params is no valid JSON, expected JSON or the path of a file with JSON$/],
    ['nosuch.json', /^--params is 'nosuch\.json', expected JSON or the path of a file with JSON: ENOENT/],
    ['README.md', /^--params is 'README\.md', which has no valid JSON, expected JSON or the path/],
  ])('%s says what is wrong', (text, message) => {
    expect(() => jsonOrFile('--params', text)).toThrow(message);
  });
});
