import { FLAG, FREE, LINK, named, objectOf, TEXT } from '#http';
import { ENVIRONMENT_REFERENCE } from '../task-catalogue/task-catalogue.schema.js';
import type { presentPlan } from './present-plan.js';

type Presented = ReturnType<typeof presentPlan>;

const PARAMETER = objectOf<Presented['metadata']['parameters'][string]>(
  // A value of any type.
  { type: TEXT, default_value: {}, description: TEXT },
  ['default_value', 'description'],
);

export const PLAN = named(
  'Plan',
  objectOf<Presented>({
    id: LINK,
    name: TEXT,
    environment: ENVIRONMENT_REFERENCE,
    metadata: objectOf<Presented['metadata']>(
      { description: TEXT, parameters: { ...FREE, additionalProperties: PARAMETER } },
      ['description'],
    ),
    permitted: FLAG,
  }),
);
