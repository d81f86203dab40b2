/** The least text, by bytes of UTF-8, above all that begin so; null: there is none. */
export function afterPrefix(prefix: string): string | null {
  const characters = Array.from(prefix.toWellFormed());
  for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
    const next = followingCodePoint(last.codePointAt(0)!);
    if (next <= LAST_CODE_POINT) return characters.join('') + String.fromCodePoint(next);
  }
  return null;
}

const LAST_CODE_POINT = 0x10ffff;

/** Between these there are halves of characters, which no text has. */
const LAST_BEFORE_HALVES = 0xd7ff;
const FIRST_AFTER_HALVES = 0xe000;

const followingCodePoint = (code: number) => (code === LAST_BEFORE_HALVES ? FIRST_AFTER_HALVES : code + 1);
