import type { Json } from '#domain';

import { valueOfCode } from './testing/run-plans.js';

const failureOf = (code: string): string => {
  try {
    return `no failure but ${JSON.stringify(valueOfCode(code))}`;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a function', () => {
  it.each<[string, Json]>([
    // going through
    ['$a = [1, 2].each |$i, $v| { $i }\n$a', [1, 2]],
    ['[1, 2].map |$v| { $v * 2 }', [2, 4]],
    ['[5, 6].map |$i, $v| { "$i$v" }', ['05', '16']],
    ['{ a => 1 }.map |$k, $v| { "$k$v" }', ['a1']],
    ['{ a => 1 }.map |$pair| { $pair }', [['a', 1]]],
    ["'ab'.map |$c| { $c.upcase }", ['A', 'B']],
    ['3.map |$i| { $i }', [0, 1, 2]],
    ['Integer[2, 4].map |$i| { $i }', [2, 3, 4]],
    ['[1, 2, 3, 4].map |$x| { if $x == 3 { break() } if $x == 1 { next(0) } $x }', [0, 2]],
    ['[1, undef, 3].filter |$x| { $x }', [1, 3]],
    ['{ a => 1, b => 2 }.filter |$k, $v| { $v > 1 }', { b: 2 }],
    ['[1, 2, 3].reduce |$memo, $x| { $memo + $x }', 6],
    ['[1, 2].reduce([]) |$memo, $x| { $memo + [$x, $x] }', [1, 1, 2, 2]],
    ['[].reduce |$memo, $x| { 1 }', null],
    ['[[1, 2], [1, 3], [2, 4]].reduce({}) |$m, $p| { $m + { $p[0] => $p[1] } }', { 1: 3, 2: 4 }],
    ['[1, 2].any |$x| { $x > 1 }', true],
    ['[].any |$x| { true }', false],
    ['[1, undef].any', true],
    ['{ a => 1 }.all |$k, $v| { $v == 1 }', true],
    ['[1, 2].all |$x| { $x > 1 }', false],
    ['[1, 2].reverse_each |$x| { $x }', [1, 2]],
    ['[1, 2, 3, 4, 5].slice(2)', [[1, 2], [3, 4], [5]]],
    ['[1, 2, 3, 4].step(2)', [1, 3]],
    ['[a, b].index(b)', 1],
    ['[a, b].index |$x| { $x == c }', null],
    ['{ a => 1 }.index |$k, $v| { $v == 1 }', 'a'],
    ['[1, 2, 3].count |$x| { $x > 1 }', 2],
    ['[1, 1, 2].count(1)', 2],
    ['[1, 2, 3].group_by |$x| { $x % 2 }', { 1: [1, 3], 0: [2] }],
    ['with(1, 2) |$a, $b = 5, *$c| { [$a, $b, $c] }', [1, 2, []]],
    ['with(1) |$a, $b = $a + 1| { $b }', 2],
    ['with(1, 2, 3) |Integer *$all| { $all }', [1, 2, 3]],
    ['[undef.then |$x| { 1 }, 2.then |$x| { $x + 1 }, undef.lest || { 3 }]', [null, 3, 3]],
    // texts
    ["[upcase('a'), downcase('A'), capitalize('aBC'), upcase(['a', ['b']])]", ['A', 'a', 'Abc', ['A', ['B']]]],
    ["[strip(' a '), lstrip(' a '), rstrip(' a '), chomp(\"a\\n\")]", ['a', 'a ', ' a', 'a']],
    ["'a,b,,c,,'.split(',')", ['a', 'b', '', 'c']],
    ["'a1b22c'.split(/\\d+/)", ['a', 'b', 'c']],
    ["'abc'.split('')", ['a', 'b', 'c']],
    ["[1, ['a', undef], true].join('-')", '1-a--true'],
    ["'abc'.match(/b(.)/)", ['bc', 'c']],
    ["'abc'.match('z')", null],
    ["'a.b.c'.regsubst('\\.', '-', 'G')", 'a-b-c'],
    ["['ab', 'B'].regsubst(/(b)/, '<\\1\\0>', 'I')", ['a<bb>', '<BB>']],
    ["sprintf('%5d|%-4s|%05.1f|%x|%#o|%+d|%%', 42, ab, 3.14159, 255, 8, 5)", '   42|ab  |003.1|ff|010|+5|%'],
    ["sprintf('%<a>03d %{b}', { a => 7, b => x })", '007 x'],
    ["[versioncmp('1.10', '1.9'), versioncmp('2', '2.0'), versioncmp('1.0-rc1', '1.0')]", [1, -1, 1]],
    ["camelcase('ab_cd')", 'AbCd'],
    ['range(1, 18).reduce(\' \') |$m, $x| { "$m$m" }.sprintf(1).strip', ''],
    // collections
    ['[keys({ a => 1 }), values({ a => 1 })]', [['a'], [1]]],
    ["[length('äb'), length([1]), size({ a => 1 })]", [2, 1, 1]],
    ["[empty(''), empty([]), empty({}), empty(undef), empty([1])]", [true, true, true, true, false]],
    ['flatten([1, [2, [3]]], 4)', [1, 2, 3, 4]],
    ["[unique([1, 1, '1', 1.0]), unique('aba')]", [[1, '1', 1], 'ab']],
    [
      '[sort([3, 1, 2]), sort([b, "A"])]',
      [
        [1, 2, 3],
        ['A', 'b'],
      ],
    ],
    ['sort([1, 3, 2]) |$a, $b| { $b - $a }', [3, 2, 1]],
    ["[reverse([1, 2]), reverse('ab')]", [[2, 1], 'ba']],
    ['[compact([1, undef]), compact({ a => undef })]', [[1], {}]],
    [
      '[[1, 2, 3].first, [1, 2, 3].first(2), [].first, [1, 2, 3].last, [1, 2, 3].last(2)]',
      [1, [1, 2], null, 3, [2, 3]],
    ],
    ["merge({ a => 1 }, { a => 2 }, undef, '')", { a: 2 }],
    ['concat([1], 2, [3])', [1, 2, 3]],
    ['[has_key({ a => 1 }, a), member([1, 2], 2), member([1, 2], [1, 3])]', [true, true, false]],
    ["[{ a => [{ b => 1 }] }.dig('a', 0, 'b'), { a => 1 }.dig('z', 'y')]", [1, null]],
    ["[{ a => [{ b => 1 }] }.get('a.0.b'), { a => 1 }.get('z.y', 5)]", [1, 5]],
    ["[delete([1, 2, 1], 1), delete({ a => 1, b => 2 }, a), delete('banana', 'an')]", [[2], { b: 2 }, 'ba']],
    ["pick(undef, '', a, b)", 'a'],
    [
      '[intersection([1, 2], [2, 3]), union([1], [1, 2]), difference([1, 2], [2]), zip([1], [2])]',
      [[2], [1, 2], [1], [[1, 2]]],
    ],
    // numbers
    ['[abs(-1), abs(-1.5), floor(1.5), floor(-1.5), ceiling(1.2), round(2.5), round(-2.5)]', [1, 1.5, 1, -2, 2, 3, -3]],
    ['[min(3, 1, 2), max([1, 3]), max(a, b), sum([1, 2.5])]', [1, 3, 'b', 3.5]],
    [
      "[range(1, 3), range('web01', 'web03'), range(0, 6, 2)]",
      [
        [1, 2, 3],
        ['web01', 'web02', 'web03'],
        [0, 2, 4, 6],
      ],
    ],
    // conversions
    ["[Integer('0x1F'), Integer('017'), Integer('101', 2), Integer(3.9), Integer(true)]", [31, 15, 5, 3, 1]],
    ["[Float('1.5'), Numeric('2'), Boolean('yes'), Boolean(0)]", [1.5, 2, true, false]],
    [
      "[String(1), String(1.0), String([1, 'a']), String(undef), String(255, '%x')]",
      ['1', '1.0', "[1, 'a']", '', 'ff'],
    ],
    ['[Array({ a => 1 }), Array(1, true), Array(undef)]', [[['a', 1]], [1], []]],
    ['[Hash([[a, 1]]), Hash([a, 1, b, 2])]', [{ a: 1 }, { a: 1, b: 2 }]],
    ["'ab' =~ Regexp('^a')", true],
    [
      "[type(1), type('a'), type([1, 2]), type(undef), type(1.5)]",
      ['Integer', 'String', 'Array[Integer]', 'Undef', 'Float'],
    ],
    ['assert_type(Integer, 1)', 1],
    ['range(1, 90).reduce(1) |$m, $x| { [$m] }.type =~ Type', true],
    ["[to_json({ a => [1, undef] }), parsejson('{\"a\": 1.5}'), parsejson('{', 7)]", ['{"a":[1,null]}', { a: 1.5 }, 7]],
    [
      "[Sensitive('a'), Sensitive.new('b').unwrap, \"${Sensitive('c')}\"]",
      ['Sensitive [value redacted]', 'b', 'Sensitive [value redacted]'],
    ],
    [
      '"${[1, \'a\', undef]} ${{ a => 1.0 }} ${undef}|${true} ${/a/} ${Integer}"',
      '[1, a, undef] {a => 1.0} |true /a/ Integer',
    ],
    // errors
    ["Error('m')", { kind: 'bolt/plan-failure', msg: 'm', details: {} }],
    ["Error.new('m', 'k', { a => 1 }, 'C')", { kind: 'k', msg: 'm', details: { a: 1 }, issue_code: 'C' }],
    ["Error({ msg => 'm', kind => 'k' }).msg", 'm'],
  ])('%s is %j', (code, value) => expect(valueOfCode(code)).toEqual(value));

  it.each<[string, string]>([
    ["Integer('x')", "Integer: the value is the string 'x', expected a number or a string that writes one"],
    ["assert_type(Integer, 'a')", "assert_type: the value is the string 'a', expected Integer"],
    ['range(1, 100000000)', 'range: the value is too large, expected at most 32 MiB'],
    ["sprintf('%99999d', 1)", 'sprintf: the format has a width of 99999'],
    ["sprintf('%d %d', 1)", 'the format has 2 places or more, but 1 values'],
    ['[1, a].sort', 'sort: '],
    ["'a'.each |$x, $y| { fail('no') }", 'bolt/plan-failure: no'],
    ['each(true) |$x| { }', 'each: the argument is the boolean true, expected an array, a hash, a string'],
    ["match('a', '(')", 'match: the pattern is /(/, expected one for linear time'],
    ['[1, 2].reduce |$m, $x| { [$m, $m].slice(0) }.foo(1)', "function 'foo' is not known"],
    ["parsejson('{')", 'parsejson: the text is no JSON'],
    ['pick(undef)', 'pick: all arguments are undef or empty'],
  ])('%s fails and says why', (code, message) => expect(failureOf(code)).toContain(message));

  it.each<[string, string]>([
    ['range(1, 100).reduce([1, 2]) |$m, $x| { $m + $m }', 'the value is too large'],
    ['range(1, 100).reduce([1, 2]) |$m, $x| { [$m, $m] }', 'the value is too large'],
    ['range(1, 100).reduce(\'ab\') |$m, $x| { "$m$m" }', 'expected'],
    ['range(1, 1000).reduce([1]) |$m, $x| { [$m] }', 'the value is nested too deeply'],
    [
      '$s = range(1, 22).reduce("abcd") |$m, $x| { "$m$m" }\nrange(1, 1000).map |$x| { "$s$x" }',
      'the value is too large',
    ],
    [
      '$s = range(1, 15).reduce("abcd") |$m, $x| { "$m$m" }\n$s =~ /((a|b|c|d)*(a|b){50}){9}x/',
      'too many to be searched',
    ],
    ['$s = range(1, 20).reduce("abcd") |$m, $x| { "$m$m" }\n"' + '${s}'.repeat(200) + '"', 'the value is too large'],
    [
      "$s = range(1, 20).reduce('abcd') |$m, $x| { \"$m$m\" }\nsprintf('" + '%<s>s'.repeat(200) + "', { s => $s })",
      'the value is too large',
    ],
  ])('%s does not fill the memory', (code, message) => expect(failureOf(code)).toContain(message));
});
