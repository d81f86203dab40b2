import { columns } from './columns.js';

describe('a table', () => {
  it('has columns as wide as their widest value, and says where there is none', () => {
    expect(
      columns(
        ['name', 'n'],
        [
          ['a', 1],
          ['longer', null],
        ],
        null,
      ),
    ).toEqual(['name    n', 'a       1', 'longer  -']);
  });

  it('is cut to the width of the terminal', () => {
    expect(columns(['name', 'description'], [['a', 'what it is for']], 12)).toEqual(['name  descr…', 'a     what …']);
  });

  it('lets no value move the cursor or begin a line', () => {
    expect(columns(['x'], [['a\u001b[2Jb'], ['c\r\n d']], null)).toEqual(['x', 'a\ufffd[2Jb', 'c\ufffd d']);
  });
});
