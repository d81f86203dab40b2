import type { FastifyInstance } from 'fastify';

/** Which methods a path answers; empty: no route has this path. */
export type AllowedMethods = (path: string) => readonly string[];

const matches = (pattern: readonly string[], path: readonly string[]) =>
  pattern.length === path.length &&
  pattern.every((part, i) => (part.startsWith(':') ? path[i] !== '' : part === path[i]));

/** Remembers each route that is registered from here on, to tell a wrong method from a wrong path. */
export function rememberRoutes(fastify: FastifyInstance): AllowedMethods {
  const methods = new Map<string, Set<string>>();
  fastify.addHook('onRoute', (route) => {
    const known = methods.get(route.url) ?? new Set();
    for (const method of [route.method].flat()) known.add(method);
    methods.set(route.url, known);
  });
  return (path) => {
    const parts = path.split('/');
    for (const [pattern, known] of methods) if (matches(pattern.split('/'), parts)) return [...known].sort();
    return [];
  };
}
