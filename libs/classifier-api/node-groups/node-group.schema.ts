import { FLAG, FREE, named, objectOf, orNull, TEXT } from '#http';
import type { presentGroup } from './present-group.js';

const RULE = { type: 'array', examples: [['=', ['fact', 'os', 'family'], 'Debian']] };

export const NODE_GROUP = named(
  'NodeGroup',
  objectOf<ReturnType<typeof presentGroup>>({
    id: TEXT,
    name: TEXT,
    description: TEXT,
    parent: TEXT,
    rule: orNull(RULE),
    environment: TEXT,
    environment_trumps: FLAG,
    classes: FREE,
    variables: FREE,
  }),
);
