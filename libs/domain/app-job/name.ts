/** Bytes of UTF-8 that a name may have. */
export const MAX_NAME_BYTES = 512;

/** Why a name is none; null: it is one. */
export function nameProblem(name: string): string | null {
  const bytes = new TextEncoder().encode(name).length;
  if (bytes > MAX_NAME_BYTES) {
    return `job name is invalid: it has ${bytes} bytes, expected at most ${MAX_NAME_BYTES}`;
  }
  if (name === '' || name === '.' || name === '..' || /[/\\#?\p{Cc}]/u.test(name)) {
    return `job name is invalid: '${name}', expected no / \\ # ?, no control characters, and neither . nor ..`;
  }
  return null;
}
