import fc from 'fast-check';
import type { Json, JsonObject } from '#domain';
import { haveSameShape } from './shape.js';

const name = fc.constantFrom('id', 'description', 'title', 'required');

/** Schemas as the types of events give them. */
const schemas = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<JsonObject>({ type: 'string' }, { type: 'number' }, { const: 'a' }, { enum: ['a', 'b'] }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 2, maxLength: 3 }) }),
    fc.dictionary(name, tie('schema')).map((properties) => ({ properties, required: Object.keys(properties) })),
  ),
})).schema;

/** Every way in which one demand of a schema can be dropped. */
function lessOf(schema: Json): Json[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [];
  const { properties, required } = schema as { properties?: JsonObject; required?: readonly string[] };
  if (properties === undefined || required === undefined) return [];
  return required.flatMap((key) => [
    { properties, required: required.filter((other) => other !== key) },
    ...lessOf(properties[key]!).map((less) => ({ required, properties: { ...properties, [key]: less } })),
  ]);
}

function reworded(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(reworded).reverse();
  if (typeof schema !== 'object' || schema === null) return schema;
  const { properties, ...rest } = schema as { properties?: JsonObject };
  const entries = Object.entries(rest as JsonObject).map(([keyword, value]) => [keyword, reworded(value)] as const);
  const named = Object.entries(properties ?? {}).map(([key, value]) => [key, reworded(value)] as const);
  const inside = properties === undefined ? {} : { properties: Object.fromEntries(named.reverse()) };
  return { description: 'new', ...inside, ...Object.fromEntries(entries.reverse()) };
}

describe('the shape of a schema', () => {
  it('stays the same in other words and another order', () => {
    fc.assert(fc.property(schemas, (schema) => haveSameShape(schema, reworded(schema))));
  });

  it('changes with every key that is demanded', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        for (const less of lessOf(schema)) expect(haveSameShape(schema, less)).toBe(false);
      }),
    );
  });

  it('stays the same where a choice among choices becomes one choice', () => {
    const [text, number, nothing] = [{ type: 'string' }, { type: 'number' }, { type: 'null' }];
    const nested = { anyOf: [{ anyOf: [text, number], description: 'Either.' }, nothing] };
    expect(haveSameShape(nested, { anyOf: [nothing, number, text] })).toBe(true);
  });

  it('changes with a key that has the name of a word', () => {
    const both = { properties: { description: { type: 'string' }, title: { type: 'string' } } };
    expect(haveSameShape(both, { properties: { title: { type: 'string' } } })).toBe(false);
  });
});
