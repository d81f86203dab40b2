/** A text as one word of a POSIX shell, whatever stands in it; no shell takes a NUL. */
export const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
