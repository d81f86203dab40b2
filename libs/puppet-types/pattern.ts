import { RE2JS } from 're2js';

/**
 * Compiles a regular expression in Ruby's notation, to be matched in linear time: `^` and `$` stand at lines, `\Z`
 * before a last newline.
 * @throws RE2JSException when it uses what cannot be matched in linear time, such as lookahead
 */
export function compilePattern(source: string): RE2JS {
  const translated = source.replace(/\\[^]/g, (escape) => (escape === '\\Z' ? '(?:\\n?\\z)' : escape));
  return RE2JS.compile(translated, RE2JS.MULTILINE);
}

const compiled = new WeakMap<readonly string[], RE2JS[]>();

/** Whether any of a type's patterns is found in the text. */
export function anyPatternIn(patterns: readonly string[], text: string): boolean {
  let expressions = compiled.get(patterns);
  if (expressions === undefined) compiled.set(patterns, (expressions = patterns.map(compilePattern)));
  return expressions.some((expression) => expression.matcher(text).find());
}
