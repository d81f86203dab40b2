import fc from 'fast-check';

import type { Json } from '#domain';

import { interpretOutput } from './task-output.js';
import type { TaskOutput } from './task-output.js';

const output = (more: Partial<TaskOutput>): TaskOutput => ({
  stdout: '',
  isCut: false,
  stderr: '',
  exitCode: 0,
  ended: null,
  ...more,
});

const taskError = (msg: string, exitCode: number) => ({
  kind: 'puppetlabs.tasks/task-error',
  issue_code: 'TASK_ERROR',
  msg,
  details: { exit_code: exitCode },
});

describe("a task's output", () => {
  it('that is a JSON object is the result', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => key !== '_error'),
          fc.jsonValue(),
        ),
        (values) => {
          const written = JSON.parse(JSON.stringify(values)) as Record<string, Json>;
          expect(interpretOutput(output({ stdout: JSON.stringify(values) }))).toEqual({
            kind: 'finished',
            result: written,
          });
        },
      ),
    );
  });

  it.each([
    '',
    'text',
    '[1]',
    '"a"',
    '1',
    'null',
    '{"a":',
    '{}{}',
    '{"a":'.repeat(300) + '1' + '}'.repeat(300),
    '{"a":'.repeat(1_000_000),
  ])('that is anything else is text (%#)', (stdout) => {
    expect(interpretOutput(output({ stdout }))).toEqual({ kind: 'finished', result: { _output: stdout } });
  });

  it.each<[Partial<TaskOutput>, string]>([
    [{ stdout: 'out', stderr: 'err' }, 'The task failed with exit code 7'],
    [{}, 'The task failed with exit code 7 and no output'],
    [{ stderr: 'err' }, 'The task failed with exit code 7 and no stdout, but stderr contained:\nerr'],
  ])('of a task that failed names the exit code: %j', (more, msg) => {
    expect(interpretOutput(output({ ...more, exitCode: 7 }))).toEqual({
      kind: 'failed',
      result: { _output: more.stdout ?? '', _error: taskError(msg, 7) },
    });
  });

  it.each([
    ['{"_error":{"kind":"a/b","msg":"m","details":{"x":1}}}', { kind: 'a/b', msg: 'm', details: { x: 1 } }],
    ['{"_error":{"msg":"m"}}', { kind: 'bolt/error', msg: 'm', details: {} }],
    ['{"_error":"no"}', { kind: 'bolt/invalid-task-error', details: { original_error: 'no' } }],
    ['{"_error":{"msg":1}}', { kind: 'bolt/invalid-task-error', details: { original_error: { msg: 1 } } }],
  ])('with the error of its own %s fails, whatever the exit code', (stdout, error) => {
    for (const exitCode of [0, 1]) {
      expect(interpretOutput(output({ stdout, exitCode }))).toMatchObject({
        kind: 'failed',
        result: { _error: error },
      });
    }
  });

  it('is kept beside the reason why Daybook ended the task', () => {
    const ended = { kind: 'daybook/stopped', msg: 'The run was stopped', details: {} };
    expect(interpretOutput(output({ stdout: '{"a":1}', exitCode: null, ended }))).toEqual({
      kind: 'failed',
      result: { a: 1, _error: ended },
    });
  });

  it('that was cut is text that says so, even where it begins like JSON', () => {
    const { result } = interpretOutput(output({ stdout: '{"a":1}', isCut: true }));
    expect(result).toMatchObject({
      _output: '{"a":1}',
      _truncated: expect.stringContaining('16777216 bytes') as string,
    });
  });

  it('always has an error exactly when it failed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(255), (stdout, stderr, exitCode) => {
        const { kind, result } = interpretOutput(output({ stdout, stderr, exitCode }));
        expect(kind === 'failed').toBe(Object.hasOwn(result, '_error'));
      }),
    );
  });
});
