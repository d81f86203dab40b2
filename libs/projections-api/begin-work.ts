import { ApiError, COUNT, named, objectOf, shown, TEXT, textOf } from '#http';
import type { BesideWork } from '#projections';
import type { ProjectionsPorts } from './ports.js';

/** What was begun with; `GET /projections` tells how it goes on. */
export interface Begun {
  readonly projection: string;
  readonly work: BesideWork;
  readonly id: number;
}

export const WORK = textOf('rebuild', 'compare');

export const BEGUN = named('BegunWork', objectOf<Begun>({ projection: TEXT, work: WORK, id: COUNT }));

/** For `@Param('name', …)`. */
export const projectionName = {
  schema: { ...TEXT, examples: ['orchestrator'] },
  transform: (text: string) => text,
};

/** @throws ApiError when there is no such projection, or something goes on already */
export function beginWork({ states }: ProjectionsPorts, work: BesideWork, name: string): Begun {
  const names = states.list().map((state) => state.name);
  if (!names.includes(name)) {
    const message = `Projection is ${shown(name)}, expected one of ${names.join(', ')}`;
    throw new ApiError('unknown-projection', message, { projection: name });
  }
  const begun = states.begin(work, name);
  if (begun.kind === 'begun') return { projection: name, work, id: begun.work.id };
  const message = `${begun.projection} has a ${begun.work.work} that goes on, expected it to end before the next begins`;
  throw new ApiError('projection-busy', message, { projection: begun.projection, work: begun.work.id });
}
