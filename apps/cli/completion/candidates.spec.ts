import fc from 'fast-check';
import { daybookProgram, withAllBelow } from '../program.js';
import { nextOn } from './candidates.js';

const program = daybookProgram({}, () => undefined);
const wordsAfter = (...line: string[]) => nextOn(program, line).words.map(({ word }) => word);

describe('what may stand next on a command line', () => {
  it('are the commands, also behind options of the program and their values', () => {
    expect(wordsAfter('')).toEqual(expect.arrayContaining(['tasks', 'login', 'doctor']));
    expect(wordsAfter('')).not.toContain('complete');
    expect(wordsAfter('--url', 'tasks', 'tasks', '')).toEqual(['list', 'show', 'run', 'help']);
  });

  it('are the options of a command and of the program', () => {
    expect(wordsAfter('jobs', 'stop', '7', '-')).toEqual(expect.arrayContaining(['--force', '--json', '--url']));
  });

  it.each([
    [['tasks', 'run', ''], 'task'],
    [['tasks', 'run', 'echo', '--nodes', ''], 'nodes'],
    [['tasks', 'run', '--noop', 'echo', ''], 'params'],
    [['tasks', 'run', 'echo', 'a=1', 'b=2', ''], 'params'],
    [['jobs', 'show', '--plan', ''], 'job'],
    [['schedules', 'create', 'plan', ''], 'plan'],
    [['jobs', 'show', '7', ''], null],
  ])('of %j is a value of %s', (line, value) => {
    expect(nextOn(program, line)).toEqual({ words: [], value });
  });

  it('are the choices of an argument', () => {
    expect(wordsAfter('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  it('is said of any line', () => {
    const names = withAllBelow(program).flatMap(({ options }) => options.map(({ long }) => long!));
    const word = fc.oneof(fc.constantFrom('tasks', 'run', 'create', '--', '', '-', ...names), fc.string());
    fc.assert(fc.property(fc.array(word), (line) => expect(nextOn(program, line)).toHaveProperty('words')));
  });
});
