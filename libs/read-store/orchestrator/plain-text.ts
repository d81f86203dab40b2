/** The text as a column of either database can hold it: U+0000, which PostgreSQL refuses, becomes U+FFFD. */
export function plainText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
