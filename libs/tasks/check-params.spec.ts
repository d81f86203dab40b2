import fc from 'fast-check';

import type { JsonObject } from '#domain';

import { checkParams, sensitiveParams, withDefaults } from './check-params.js';
import { parseMetadata } from './metadata.js';

const task = (parameters: object | undefined, more: object = {}) => ({
  name: 'web::deploy',
  metadata: parseMetadata(JSON.stringify({ parameters, ...more })),
});

const deploy = task({
  version: { type: 'String[1]' },
  count: { type: 'Integer[1, 9]', default: 3 },
  note: { type: 'Optional[String]' },
  password: { type: 'String[8]', sensitive: true },
  key: { type: 'Optional[Sensitive[String]]' },
});
const good = { version: '1', password: 'long enough' };
const messages = (params: JsonObject) => checkParams(deploy, params).map((problem) => problem.message);

describe('the parameters of a task', () => {
  it('are in order with what is required', () => {
    expect(checkParams(deploy, good)).toEqual([]);
    expect(checkParams(deploy, { ...good, count: null, note: null })).toEqual([]);
  });

  it('that are missing are named', () => {
    expect(messages({})).toEqual([
      "parameter 'version' is missing, expected String[1]",
      "parameter 'password' is missing, expected String[8]",
    ]);
  });

  it('of the wrong type are named with what they are', () => {
    expect(messages({ ...good, version: 7, count: 'ten', note: ['a'] })).toEqual([
      "parameter 'version' is the number 7, expected String[1]",
      'parameter \'count\' is the string "ten", expected Integer[1, 9]',
      "parameter 'note' is an array, expected Optional[String]",
    ]);
  });

  it('that are sensitive are never shown', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{4,7}$/), (secret) => {
        expect(messages({ ...good, password: secret }).join()).not.toContain(secret);
        expect(messages({ ...good, key: Number(`1${secret}`) }).join()).not.toContain(secret);
      }),
    );
    expect(sensitiveParams(deploy)).toEqual(['password', 'key']);
  });

  it('that are unknown are refused, unless the metadata names none at all', () => {
    expect(messages({ ...good, verson: '1' })).toEqual(["parameter 'verson' is not known to task web::deploy"]);
    expect(checkParams(task({}), { any: 1 })).toHaveLength(1);
    expect(checkParams(task(undefined), { any: 1 })).toEqual([]);
  });

  it('that start with an underscore are refused always', () => {
    expect(checkParams(task(undefined), { _noop: true })).toMatchObject([{ param: '_noop' }]);
  });

  it('with noop are refused where the task does not support it', () => {
    expect(checkParams(deploy, good, true)).toMatchObject([{ param: null }]);
    expect(checkParams(task(undefined, { supports_noop: true }), {}, true)).toEqual([]);
  });

  it('get the defaults of those that were not given', () => {
    expect(withDefaults(deploy, good)).toEqual({ ...good, count: 3 });
    expect(withDefaults(deploy, { ...good, count: null })).toEqual({ ...good, count: 3 });
    expect(withDefaults(deploy, { ...good, count: 5 })).toEqual({ ...good, count: 5 });
  });

  it('are checked without an error, whatever they are, and every problem names one of them', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('version', 'count', '__proto__')), fc.jsonValue()),
        (params) => {
          for (const { param, message } of checkParams(deploy, params as JsonObject))
            expect(message).toContain(`'${param}'`);
        },
      ),
    );
  });
});
