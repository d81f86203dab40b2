import { attempt } from '../compile/attempt.js';
import type { Course, Spot } from '../compile/code.js';
import { jsonText } from '../values/json-text.js';
import { print } from '../values/print.js';
import { is, isList } from '../values/value.js';
import type { Value } from '../values/value.js';
import { running } from './function.js';
import type { Functions, RunningFunction } from './function.js';

/** Tells a value: as text, arrays and hashes as JSON. */
export function* tell(value: Value, isVerbose: boolean, spot: Spot): Course {
  yield { kind: 'message', at: spot.place, text: attempt(spot, () => messageOf(value)), isVerbose };
  return null;
}

function messageOf(value: Value): string {
  const isStructured = isList(value) || is('Hash', value) || is('ResultSet', value) || is('Result', value);
  return isStructured ? jsonText(value, 2) : is('Error', value) ? value.msg : print(value);
}

const telling = (isVerbose: boolean): RunningFunction =>
  running(1, Infinity, null, (args, { spot }) =>
    tell(args.length === 1 ? (args[0] ?? null) : args.map(print).join(' '), isVerbose, spot),
  );

/** For whoever looks for the plan's own mistakes; nobody here does. */
const silent = running(1, Infinity, null, function* () {
  yield* [];
  return null;
});

/** Functions that tell something to whoever watches the plan. */
export const MESSAGES: Functions = {
  'out::message': telling(false),
  'out::verbose': telling(true),
  notice: telling(false),
  warning: telling(false),
  err: telling(false),
  info: telling(true),
  debug: silent,
  'log::trace': silent,
  'log::debug': silent,
  'log::info': telling(true),
  'log::warn': telling(true),
  'log::error': telling(true),
  'log::fatal': telling(true),
};
