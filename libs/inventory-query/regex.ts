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

/** Instructions that the expressions of one query or rule may have together; one that a person writes has some dozens. */
const MOST_INSTRUCTIONS = 1_000;

const LONGEST = 1_000;

/** Says what is wrong with a regular expression; null: nothing. */
export type RegexCheck = (source: string) => string | null;

/**
 * Checks the regular expressions of one query or rule, one after the other. Each takes time linear to the text, but a
 * short one may stand for a large program, and there may be many.
 */
export function regexCheck(): RegexCheck {
  let left = MOST_INSTRUCTIONS;
  return (source) => {
    const about = `regular expression ${JSON.stringify(source.slice(0, LONGEST))}`;
    if (source.length > LONGEST) return `${about}… has ${source.length} characters, expected at most ${LONGEST}`;
    try {
      left -= RE2JS.compile(source).programSize();
    } catch (error) {
      return `invalid ${about}: ${(error as Error).message}`;
    }
    return left < 0 ? `${about} is too large beside the others, expected shorter or fewer repetitions` : null;
  };
}
