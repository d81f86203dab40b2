import { EVENT_VERSIONS } from '#domain';
import type { EventType } from '#domain';
import type { Parameter, QueryPipe } from './query-parameters.js';

const ALL_TYPES = Object.keys(EVENT_VERSIONS) as readonly EventType[];

/** The types of event that a pattern stands for. */
export function typesLike(pattern: string): readonly EventType[] {
  const parts = pattern.split('*').map((part) => RegExp.escape(part));
  const regex = new RegExp(`^${parts.join('.*')}$`);
  return ALL_TYPES.filter((type) => regex.test(type));
}

/** Patterns for types of event. */
export const eventTypes: Parameter<readonly string[] | undefined> = {
  expected: 'names of events with commas between them; * stands for any part of a name',
  read(list) {
    const patterns = list.split(',');
    return patterns.every((pattern) => typesLike(pattern).length > 0) ? patterns : undefined;
  },
  absent: undefined,
};

/** A parameter `type` that is given several times is a list. */
export function withTypes(pipe: QueryPipe): QueryPipe {
  return {
    parameters: pipe.parameters,
    transform(query: Readonly<Record<string, unknown>>, metadata) {
      const { type } = query;
      return pipe.transform(Array.isArray(type) ? { ...query, type: type.join(',') } : query, metadata) as unknown;
    },
  };
}
