import { inheritedEnvironment, taskInput } from './task-input.js';

const message = { task: 'module::task', noop: false } as const;
const params = { text: 'a "b"', list: [1], nothing: null };

describe("a task's input", () => {
  it('on standard input is one JSON object', () => {
    const { stdin, env } = taskInput({ ...message, inputMethod: 'stdin' }, params, null);
    expect(JSON.parse(stdin)).toEqual({ ...params, _task: 'module::task' });
    expect(env).toEqual({});
  });

  it('in the environment has strings as they are and everything else as JSON', () => {
    expect(taskInput({ ...message, noop: true, inputMethod: 'environment' }, params, '/i')).toEqual({
      stdin: '',
      env: {
        PT_text: 'a "b"',
        PT_list: '[1]',
        PT_nothing: 'null',
        PT__task: 'module::task',
        PT__noop: 'true',
        PT__installdir: '/i',
      },
    });
  });

  it.each([
    ['a zero byte', 'a\0b'],
    ['200 kB', 'x'.repeat(200_000)],
  ])('with %s is given only on standard input', (_, text) => {
    const { stdin, env } = taskInput({ ...message, inputMethod: 'both' }, { text }, null);
    expect(env).toEqual({ PT__task: 'module::task' });
    expect(JSON.parse(stdin)).toMatchObject({ text });
    expect(() => taskInput({ ...message, inputMethod: 'environment' }, { text }, null)).toThrow(
      "parameter 'text' does not fit in an environment variable",
    );
  });

  it('does not come with the settings of the agent', () => {
    expect(inheritedEnvironment({ PATH: '/bin', DAYBOOK_ADMIN_TOKEN: 'x', NATS_URL: 'y', DATABASE_URL: 'z' })).toEqual({
      PATH: '/bin',
    });
  });
});
