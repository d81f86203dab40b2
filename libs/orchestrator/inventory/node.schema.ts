import { FLAG, LINK, named, objectOf, TEXT, TIME } from '#http';
import type { presentNode } from './present-node.js';

export const NODE = named(
  'Node',
  objectOf<ReturnType<typeof presentNode>>({ name: TEXT, connected: FLAG, broker: LINK, timestamp: TIME }, [
    'broker',
    'timestamp',
  ]),
);
