import type { Json } from '#domain';

import { InvalidPlan } from './index.js';
import { planOfCode, plansOf, valueOfCode } from './testing/run-plans.js';

const failureOf = (code: string): string => {
  try {
    return `no failure but ${JSON.stringify(valueOfCode(code))}`;
  } catch (error) {
    if (error instanceof InvalidPlan) throw error;
    return (error as Error).message;
  }
};

const refusalOf = (code: string): InvalidPlan => {
  try {
    plansOf({ t: planOfCode(code) });
  } catch (error) {
    if (error instanceof InvalidPlan) return error;
    throw error;
  }
  throw new Error(`${code} is read`);
};

describe('an expression', () => {
  it.each<[string, Json]>([
    // numbers
    ['0x1F + 017 + 1', 47],
    ['1.5e3', 1500],
    ['-3', -3],
    ['- 3 + 5', 2],
    ['7 / 2', 3],
    ['-7 / 2', -4],
    ['-7 % 3', 2],
    ['7 / 2.0', 3.5],
    ['1.0 + 1', 2],
    ['1 << 4', 16],
    ['-17 >> 2', -5],
    ["'3' + 4", 7],
    ['{ _x => 1 }', { _x: 1 }],
    ['present =~ Enum[present, absent]', true],
    ['{ a => 1 } =~ Struct[{ a => Integer, Optional[b] => String }]', true],
    // texts
    ["'a\\'b\\\\c\\n'", "a'b\\c\\n"],
    ['"a\\tb\\$c\\u{1F600}\\u0041\\q"', 'a\tb$c😀A\\q'],
    ["'ABC' == 'abc'", true],
    ["'a' < 'B'", true],
    ["'ell' in 'HELLO'", true],
    ["'hello'[1]", 'e'],
    ["'hello'[1, 3]", 'ell'],
    ["'hello'[-3, 2]", 'll'],
    // arrays
    ['[1, [2, 3,],]', [1, [2, 3]]],
    ['[1, 2, 3][-1]', 3],
    ['[1, 2, 3][9]', null],
    ['[1, 2, 3, 4][1, -2]', [2, 3]],
    ['[1] + 2 + [3, [4]]', [1, 2, 3, [4]]],
    ['[1, 2, 3, 2] - [2]', [1, 3]],
    ['[1] << [2]', [1, [2]]],
    ['[*[1, 2], 3]', [1, 2, 3]],
    ['[a => 1, b => 2]', [{ a: 1, b: 2 }]],
    ['[1, 2] == [1.0, 2]', true],
    ["'B' in ['a', 'b']", true],
    // hashes
    ["{ 'a' => 1, b => { c => 2 } }['b']['c']", 2],
    ['{ a => 1, b => 2 }[a, z]', [1, null]],
    ['{ a => 1 } + { a => 2, b => 3 }', { a: 2, b: 3 }],
    ['{ a => 1 } + [[b, 2]]', { a: 1, b: 2 }],
    ['{ a => 1, b => 2 } - [a]', { b: 2 }],
    ['{ 1 => one }[1]', 'one'],
    ['{ if => 1, default => 2, true => 3 }', { if: 1, default: 2, true: 3 }],
    ['b in { a => 1, b => 2 }', true],
    ["{ 'a' => 1, 'a' => 2 }", { a: 2 }],
    // truth
    ['undef or 1', true],
    ["'' and 0", true],
    ['!undef and !false', true],
    ['true and false or true', true],
    // what binds before what
    ['1 + 2 * 3 - 4', 3],
    ['10 - 4 - 3', 3],
    ['2 * 3 % 4', 2],
    ['1 + 1 << 2', 8],
    ['1 == 1 and 2 > 1', true],
    ['!true == false', true],
    ['- 2 + 1', -1],
    ["!'a' in 'abc'", false],
    ["'a' == 'b' or 'a' =~ /a/", true],
    ['(1 + 2) * 3', 9],
    // patterns and types
    ["'abc' =~ /B/", false],
    ["'abc' !~ /^b/", true],
    ["if 'x86_64' =~ /(x)(\\d+)/ { [$0, $1, $2, $3] }", ['x86', 'x', '86', null]],
    ['3 =~ Integer[1, 5]', true],
    ['undef =~ Optional[String]', true],
    ["[1, 'a'] =~ Array[Variant[Integer, String]]", true],
    ["{ a => 1 } =~ Struct[{ 'a' => Integer, Optional['b'] => String }]", true],
    ["get_target('a') =~ Target", true],
    ["Error('m', 'k') =~ Error['k']", true],
    ["Sensitive('a') =~ Sensitive[String]", true],
    ["Sensitive('a') =~ String", false],
    ['1.0 =~ Integer', false],
    ["'ab' =~ Pattern[/^a/]", true],
    ['Integer[1, 5]', 'Integer[1, 5]'],
    // choices
    ['if 1 == 2 { a } elsif 2 == 2 { b } else { c }', 'b'],
    ['if false { a }', null],
    ['unless false { a } else { b }', 'a'],
    ["case 'Web1' { 'db': { 1 } /^web(\\d)/, 'x': { 2 } default: { 3 } }", 3],
    ["case 'web1' { default: { 3 } 'db', /^web(\\d)/: { $1 } }", '1'],
    ['case 5 { String: { s } Integer: { i } }', 'i'],
    ["case 'b' { *['a', 'b']: { 1 } default: { 2 } }", 1],
    ["case 'z' { 'a': { 1 } }", null],
    ["'b' ? { 'a' => 1, /b/ => 2, default => 3 }", 2],
    ["'b' ? { default => 3 } + 1", 4],
    // variables
    ['$a = 1\n$b = $a + 1\n[$a, $b]', [1, 2]],
    ['$a = $b = 3\n$a + $b', 6],
    ['[$a, [$b, $c]] = [1, [2, 3]]\n"${a}${b}${c}"', '123'],
    ['[$a, $b] = { b => 1, a => 2 }\n[$a, $b]', [2, 1]],
    ['if true { $x = 1 } else { $x = 2 }\n$x', 1],
    ['$x = 1\n[5].map |$x| { $x + 1 }', [6]],
    ['$x = 1\nwith(2) |$y| { $x = $x + $y\n $x }', 3],
    // comments, ends of statements
    ['1 # one\n+ # two\n2 /* three\n */ + 3', 6],
    ['$a = 1; $a + 1;', 2],
    ['return(1)\n2', 1],
    ['[1, 2].each |$x| { return $x }\n9', 1],
    ['', null],
  ])('%s is %j', (code, value) => {
    expect(valueOfCode(code)).toEqual(value);
  });

  it('keeps what a pattern found until the end of what depends on it', () => {
    expect(valueOfCode("if 'a' =~ /(a)/ { if 'b' =~ /(b)/ { $1 }\n $1 }")).toBe('a');
  });

  it.each<[string, string]>([
    ['1 +\n  "a"', "t.yaml:4:3: operand of + is the string 'a', expected a number"],
    ['[1].map |$x| {\n  $x.upcase\n}', 't.yaml:5:5: upcase: the argument is the integer 1, expected a string'],
    ['1 / 0', 't.yaml:4:3: the divisor is 0, expected another number'],
    ['9007199254740991 + 1', 'expected an integer of at most 9007199254740991'],
    ['undef[a]', "what stands before [the string 'a'] is undef, expected an array, a hash or a string"],
    ["[1]['a']", "the index is the string 'a', expected an integer"],
    ['1 < a', "the integer 1 is compared with the string 'a', expected two numbers or two strings"],
    ['1 < 2 == true', 'the integer 1 is compared with the boolean false, expected two numbers or two strings'],
    ['1 =~ /a/', 'left of =~ is the integer 1, expected a string'],
    ["'a' ? { 'b' => 1 }", "the value is the string 'a', expected one for which the selector has an option"],
    ['if false { $x = 1 }\n$x', "variable '$x' has no value here"],
    ['[$a, $b] = [1]', 'what is assigned is an array of 1 element, expected an array of 2 elements'],
    ["with('a') |Integer $x| { $x }", "parameter '$x' is the string 'a', expected Integer"],
    ["with(Sensitive('pw')) |Integer $x| { $x }", "parameter '$x' is a sensitive value, expected Integer"],
    ['split(*[1])', 'split: it is given 1 argument, expected 2'],
    ["'a'.names", "names: it is asked of the string 'a', expected a value that has it"],
  ])('%s fails and says where and why', (code, message) => {
    expect(failureOf(code)).toContain('bolt/evaluation-error: t.yaml:');
    expect(failureOf(code)).toContain(message);
  });

  it.each<[string, number, number, string]>([
    ['1 +', 4, 6, 'found the end, expected an expression'],
    ['$a = 1\n  [1,\n', 5, 8, 'found the end'],
    ['"a ${b', 4, 9, 'found the end, expected "}"'],
    ["'abc", 4, 7, 'found the end, expected "\'"'],
    ['$a = 1\n$b = $c', 5, 8, "variable '$c' is not known here, expected one of $a"],
    ['"x ${y}"', 4, 8, "variable '$y' is not known here"],
    ['$a = 1\n$a = 2', 5, 3, "variable '$a' is assigned twice"],
    ['f(1)', 4, 3, "function 'f' is not known"],
    ['upcase()', 4, 3, 'upcase is given 0 arguments, expected 1'],
    ['[1].map', 4, 3, 'map is given no lambda, expected one'],
    ['[1].map || { 1 }', 4, 11, 'the lambda of map has 0 parameters, expected 1 to 2'],
    ["lookup('a')", 4, 3, "function 'lookup' is not supported"],
    ['Strng', 4, 3, 'there is no type Strng'],
    ["'a' =~ /(?=b)/", 4, 10, 'expected one for linear time'],
    ['next(1)', 4, 3, 'next stands outside of a lambda'],
    ['with(1) |$x| { break() }', 4, 18, 'break stands outside of an iteration'],
    ['class a { }', 4, 3, "'class' is a reserved word"],
    ['@(END)', 4, 3, 'a heredoc is not supported'],
    ['08', 4, 3, 'the number is 08'],
    ['99999999999999999999', 4, 3, 'the number is 99999999999999999999'],
  ])('%s is refused, with its place in the file', (code, line, column, message) => {
    expect(refusalOf(code)).toMatchObject({ file: 't.yaml', line, column });
    expect(refusalOf(code).message).toContain(message);
  });

  it.each([
    '(',
    '[',
    '{a=>',
    '!',
    '-',
    '"${',
    'f(',
    '$x.y(',
    '$a.b |$x| {',
    'if ',
    'case ',
    '1+(',
    'Array[',
    '$x ? {1=>',
  ])('that begins with ninety thousand %s is refused for its depth', (part) =>
    expect(refusalOf(part.repeat(90_000)).message).toContain('nested too deeply'),
  );

  it.each(['1 + ', '$a == ', '!$a and '])('that is a row of ten thousand %s is refused for its depth', (part) => {
    expect(refusalOf(`$a = 1\n${part.repeat(10_000)}a`).message).toMatch(/nested too deeply/);
  });

  it('of a million blanks is read', () => {
    const text = `parameters: {a: {default: 1}}\nsteps: []\nreturn: $a +${' '.repeat(1_000_000)}$a\n`;
    expect([...plansOf({ t: text }).keys()]).toEqual(['t']);
  });

  it.each(['with() || {', 'if true {', '[1].map |$x| {', '(', '"${'])('of 48 levels of %s is evaluated', (part) => {
    const ends = { '(': ')', '"${': '}"' }[part] ?? '}';
    expect(() => valueOfCode(`${part.repeat(48)}1${ends.repeat(48)}`)).not.toThrow();
  });
});
