import fc from 'fast-check';
import { JobsApiError } from '../errors/jobs-api-error.js';
import { readJobBody } from './job-body.js';

const read = (text: string) => readJobBody(Buffer.from(text));
const problem = (text: string): JobsApiError => {
  try {
    read(text);
  } catch (error) {
    return error as JobsApiError;
  }
  throw new Error(`${text} was read, expected it to be refused`);
};

/** All of a job but its data, in the way of one spelling or the other. */
const CAMEL = `{"dueTime":"30s","schedule":"@daily","repeats":5,"ttl":"1h","overwrite":true,
  "failurePolicy":{"constant":{"interval":"1.5s","maxRetries":2}},
  "overlapPolicy":"cancelRunning","misfirePolicy":{"all":{"limit":7,"threshold":"90s"}},
  "dstPolicy":{"gap":"skip","fold":"both"},"timeZone":"Europe/Berlin"}`;
const SNAKE = CAMEL.replace(/(?<=")[a-z]+[A-Z]\w*(?=":)/g, (key) =>
  key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
);

const WHOLE = {
  dueTime: '30s',
  schedule: '@daily',
  repeats: 5,
  ttl: '1h',
  overwrite: true,
  failurePolicy: { constant: { interval: '1.5s', maxRetries: 2 } },
  overlapPolicy: 'cancel-running',
  misfirePolicy: { fire: 'all', limit: 7, thresholdMs: 90_000 },
  dstPolicy: { gap: 'skip', fold: 'both' },
  timeZone: 'Europe/Berlin',
};

describe('the body of a job', () => {
  it.each([
    ['dueTime', CAMEL],
    ['due_time', SNAKE],
  ])('may be bare or wrapped, with keys like %s', (_key, text) => {
    expect(read(text)).toEqual({ form: 'bare', ...WHOLE });
    expect(read(`{"job":${text}}`)).toEqual({ form: 'wrapped', ...WHOLE });
  });

  it.each([
    '',
    '{}',
    ' { } ',
    '{"color":1,"job":null}',
    '{"schedule":null,"data2":[]}',
    '{"name":""}',
    '{"failurePolicy":{}}',
  ])('may say nothing: %j', (text) => {
    expect(read(text)).toEqual({ form: 'bare' });
  });

  it('keeps data as they were sent, whatever they are, in one line', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 2), (value, space) => {
        const data = JSON.stringify(value, null, space);
        expect(read(`{"dueTime":"1s", "data" : ${data} }`).data).toBe(JSON.stringify(value));
        expect(read(`{"job":{"data":${data}}}`).data).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each(['null', '12345678901234567890', '1.10', '1E400', '{"a":1,"a":2}', '"\\u0000\\ud800"', '{"__proto__":1}'])(
    'keeps %s',
    (data) => {
      expect(read(`{"data":${data}}`).data).toBe(data);
    },
  );

  it.each([
    ['5', 5],
    ['5.0', 5],
    ['5e0', 5],
    ['"5"', 5],
    ['"5.0"', 5],
    ['0', 0],
    ['4294967295', 4_294_967_295],
  ])('may have the number %s', (repeats, number) => {
    expect(read(`{"repeats":${repeats}}`).repeats).toBe(number);
  });

  it.each([
    ['-1', '-1'],
    ['4294967296', '4294967296'],
    ['1.5', '1.5'],
    ['" 5"', "' 5'"],
    ['"5x"', "'5x'"],
    ['""', "''"],
    ['"0x10"', "'0x10'"],
    ['true', 'true'],
    ['[5]', 'an array'],
    ['{}', 'an object'],
  ])('has no number %s', (repeats, shown) => {
    expect(problem(`{"repeats":${repeats}}`).message).toBe(
      `failed deserializing HTTP body: repeats is ${shown}, expected an integer from 0 to 4294967295`,
    );
  });

  it.each([
    ['{"schedule":5}', 'schedule is 5, expected a string'],
    ['{"job":{"dueTime":[]}}', 'job.dueTime is an array, expected a string'],
    ['{"overwrite":"true"}', "overwrite is 'true', expected true or false"],
    ['{"dueTime":"1s","due_time":"1s"}', 'due_time is given as dueTime too, expected it once'],
    ['{"dueTime":"1s","dueTime":null}', 'dueTime is given as dueTime too, expected it once'],
    ['{"job":{"data":1,"d\\u0061ta":1}}', 'job.data is given as data too, expected it once'],
    ['{"job":{},"job":{}}', 'job is given twice, expected it once'],
    ['{"job":{},"due_time":"1s"}', 'due_time stands beside job, expected it in job, or no job'],
    ['{"job":{},"data":null}', 'data stands beside job, expected it in job, or no job'],
    ['{"job":"x"}', "job is 'x', expected an object"],
    ['{"job":[]}', 'job is an array, expected an object'],
    ['[{}]', 'the body is an array, expected a JSON object'],
    ['null', 'the body is null, expected a JSON object'],
    ['"a"', "the body is 'a', expected a JSON object"],
    [' ', 'the body is not JSON, expected a JSON object'],
    ['{"a":1', 'the body is not JSON, expected a JSON object'],
    ['{"failurePolicy":"drop"}', "failurePolicy is 'drop', expected an object"],
    ['{"failurePolicy":{"drop":true}}', 'failurePolicy.drop is true, expected an object'],
    ['{"failurePolicy":{"drop":{},"constant":{}}}', 'failurePolicy has drop and constant, expected one of them'],
    [
      '{"failure_policy":{"constant":{"interval":"200ms"}}}',
      "failure_policy.constant.interval is '200ms', expected a duration in seconds like 1.5s",
    ],
    [
      '{"failurePolicy":{"constant":{"max_retries":-1}}}',
      'failurePolicy.constant.max_retries is -1, expected an integer from 0 to 4294967295',
    ],
    [
      '{"failurePolicy":{"exponential":{"interval":"-1s"}}}',
      "failurePolicy.exponential.interval is '-1s', expected a duration in seconds like 1.5s, not negative",
    ],
    [
      '{"failurePolicy":{"exponential":{"factor":0.5}}}',
      'failurePolicy.exponential.factor is 0.5, expected a number from 1 to 1000',
    ],
    ['{"overlapPolicy":"both"}', "overlapPolicy is 'both', expected one of queue, skip, allow, cancelRunning"],
    ['{"misfirePolicy":{"all":{"limit":0}}}', 'misfirePolicy.all.limit is 0, expected an integer from 1 to 1000'],
    ['{"dstPolicy":{"gap":"both"}}', "dstPolicy.gap is 'both', expected one of shift, skip"],
    ['{"timeZone":"Mars/Olympus"}', "timeZone is 'Mars/Olympus', expected the name of an IANA time zone"],
  ])('%s is malformed', (text, detail) => {
    const { code, status, message } = problem(text);
    expect({ code, status, message }).toEqual({
      code: 'ERR_MALFORMED_REQUEST',
      status: 400,
      message: `failed deserializing HTTP body: ${detail}`,
    });
  });

  it('is malformed where it is not UTF-8', () => {
    expect(() => readJobBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow('the body is not UTF-8');
  });

  it.each(['{"name":"a"}', '{"job":{"name":"a"}}'])('has no name: %s', (text) => {
    expect(problem(text)).toMatchObject({
      code: 'DAPR_SCHEDULER_JOB_NAME',
      message: 'Set the job name in the url only',
    });
  });

  it('may be nested as deep as it likes', () => {
    const data = '['.repeat(500_000) + ']'.repeat(500_000);
    expect(read(`{"data":${data}}`).data).toBe(data);
  });

  it('is read or refused as malformed, whatever is sent', () => {
    const keys = fc.constantFrom(
      'job',
      'data',
      'dueTime',
      'due_time',
      'repeats',
      'failurePolicy',
      'constant',
      'drop',
      'x',
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(fc.jsonValue(), fc.dictionary(keys, tie('value'), { maxKeys: 4 })),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          value.map((json) => JSON.stringify(json)),
          fc.string(),
        ),
        (text) => {
          try {
            expect(['bare', 'wrapped']).toContain(read(text).form);
          } catch (error) {
            expect(error).toBeInstanceOf(JobsApiError);
            expect((error as JobsApiError).status).toBe(400);
          }
        },
      ),
    );
  });
});
