/** A value that is made when it is first asked for, and kept: what few use does not hold up a start. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
