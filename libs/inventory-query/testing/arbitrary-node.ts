import fc from 'fast-check';

import type { Json, JsonObject } from '#domain';

import type { InventoryNode } from '../inventory-node.js';
import { names, time } from './arbitrary-query.js';

const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.oneof(names, fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3 }),
  ),
}));
const data = fc.dictionary(names, value, { maxKeys: 4 }) as fc.Arbitrary<JsonObject>;

const seldom = fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: time });

const node: fc.Arbitrary<InventoryNode> = fc.record({
  certname: fc.oneof(names, fc.string()),
  environment: names,
  timestamp: fc.option(time),
  deactivated: seldom,
  expired: seldom,
  facts: data,
  trusted: data,
});

/** Some nodes, each certname once. */
export const nodes: fc.Arbitrary<InventoryNode[]> = fc.uniqueArray(node, {
  selector: (each) => each.certname,
  maxLength: 6,
});
