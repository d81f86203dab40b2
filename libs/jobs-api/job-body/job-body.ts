import { isUtf8 } from 'node:buffer';
import { isTimeZone } from '#domain';
import type { AppJobForm } from '#domain';
import { shown } from '#http';

import { JobsApiError, malformed } from '../errors/jobs-api-error.js';
import { flag, integer, scalar, shape, text, verbatim } from './fields.js';
import type { Given } from './fields.js';
import { isNull, isObject, membersOf, sourceOf, textOf } from './json-source.js';
import type { Member } from './json-source.js';
import { dstPolicy, failurePolicy, misfirePolicy, overlapPolicy } from './policies.js';

const FIELDS = {
  name: text,
  data: verbatim,
  dueTime: text,
  schedule: text,
  repeats: integer(0, 2 ** 32 - 1),
  ttl: text,
  overwrite: flag,
  failurePolicy,
  overlapPolicy,
  misfirePolicy,
  dstPolicy,
  timeZone: scalar('the name of an IANA time zone', (value) =>
    typeof value === 'string' && isTimeZone(value) ? value : undefined,
  ),
};

const JOB = shape(FIELDS);

/** A job as it was sent: only what was given. `data` is the text of its JSON. */
export interface JobBody extends Omit<Given<typeof FIELDS>, 'name'> {
  readonly form: AppJobForm;
}

/**
 * Reads the body of a job, in either of the two forms that it has had: below a key `job`, or as the body itself.
 * @throws JobsApiError when it is not JSON, a key has not what it takes, or the name stands in it too
 */
export function readJobBody(bytes: Buffer | null): JobBody {
  const members = topMembers(bytes);
  const wrapped = members.filter(({ key, value }) => key === 'job' && !isNull(value));
  const form = wrapped.length === 0 ? 'bare' : 'wrapped';
  const { name = '', ...given } = form === 'bare' ? JOB.readMembers(members, '') : JOB.read(...jobIn(members, wrapped));
  if (name !== '') throw new JobsApiError('DAPR_SCHEDULER_JOB_NAME', 'Set the job name in the url only');
  return { form, ...given };
}

/** The one job of a wrapped body, and how messages call it. */
function jobIn(members: readonly Member[], [job, another]: readonly Member[]): [Member['value'], string] {
  if (another) throw malformed('job is given twice, expected it once');
  const beside = members.find(({ key }) => JOB.keys.has(key));
  if (beside) throw malformed(`${beside.key} stands beside job, expected it in job, or no job`);
  return [job!.value, 'job'];
}

function topMembers(bytes: Buffer | null): readonly Member[] {
  if (bytes === null || bytes.length === 0) return [];
  if (!isUtf8(bytes)) throw malformed('the body is not UTF-8, expected JSON in UTF-8');
  const json = bytes.toString();
  try {
    JSON.parse(json);
  } catch {
    // The parser's own message quotes the body.
    throw malformed('the body is not JSON, expected a JSON object');
  }
  const source = sourceOf(json);
  if (isObject(source)) return membersOf(source);
  throw malformed(`the body is ${shown(JSON.parse(textOf(source)))}, expected a JSON object`);
}
