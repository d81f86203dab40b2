import { describe } from '../values/describe.js';
import { valueAt } from '../values/hash.js';
import { Mistake } from '../values/mistake.js';
import { EMPTY_HASH } from '../values/plan-error.js';
import { is } from '../values/value.js';
import type { ErrorValue, Hash, Value } from '../values/value.js';

const DEFAULT_KIND = 'bolt/plan-failure';

/** An error of a message, a kind, details and a code, or of a hash that has them by name. @throws Mistake */
export function newError(args: readonly Value[], defaultKind = DEFAULT_KIND): ErrorValue {
  const [first = null, kind = null, details = null, issueCode = null] = args;
  if (!is('Hash', first)) return errorFrom(first, kind, details, issueCode, defaultKind);
  const at = (key: string) => valueAt(first, key) ?? null;
  return errorFrom(at('msg'), at('kind'), at('details'), at('issue_code'), defaultKind);
}

function errorFrom(msg: Value, kind: Value, details: Value, issueCode: Value, defaultKind: string): ErrorValue {
  return {
    is: 'Error',
    msg: expectText('msg', msg) ?? expectedMessage(),
    kind: expectText('kind', kind) ?? defaultKind,
    details: expectHash(details),
    issueCode: expectText('issue_code', issueCode),
  };
}

function expectText(name: string, value: Value): string | null {
  if (value === null || typeof value === 'string') return value;
  throw new Mistake(`${name} of the error is ${describe(value)}, expected a string`);
}

function expectedMessage(): never {
  throw new Mistake('msg of the error is missing, expected a string');
}

function expectHash(value: Value): Hash {
  if (value === null) return EMPTY_HASH;
  if (is('Hash', value)) return value;
  throw new Mistake(`details of the error are ${describe(value)}, expected a hash`);
}
