import { RE2JS } from 're2js';

/**
 * A test whether a regular expression is found anywhere in a text, in time linear to the text. As in PostgreSQL, a dot
 * also stands for a newline, and `^` and `$` for the ends of the text.
 * @throws Error that says what is wrong with the expression, or what of it cannot be matched in linear time
 */
export function compileRegex(source: string): (text: string) => boolean {
  const expression = RE2JS.compile(source, RE2JS.DOTALL);
  return (text) => expression.test(text);
}

/** What is wrong with a regular expression; null: nothing. */
export function regexFault(source: string): string | null {
  try {
    RE2JS.compile(source);
    return null;
  } catch (error) {
    return `invalid regular expression ${JSON.stringify(source)}: ${(error as Error).message}`;
  }
}
