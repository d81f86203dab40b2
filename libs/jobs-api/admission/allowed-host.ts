import { isLoopback } from '#platform';

/** The name or address in a Host header; null: there is none. */
function hostOf(header: string): string | null {
  const [, name, address] = /^(?:([^:[\]@/]+)|\[([^[\]]+)\])(?::\d{0,5})?$/.exec(header) ?? [];
  return (name ?? address)?.toLowerCase() ?? null;
}

/**
 * Whether a request with this Host header was meant for this server: another name that leads here is one that a browser
 * page was loaded from, to reach what only this machine may.
 * @param publicUrl where clients on other machines reach the server; null: nowhere
 */
export function isAllowedHost(header: string | undefined, publicUrl: string | null): boolean {
  const host = hostOf(header ?? '');
  if (host === null) return false;
  return isLoopback(host) || (publicUrl !== null && host === hostOf(new URL(publicUrl).host));
}
