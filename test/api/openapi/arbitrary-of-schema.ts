import fc from 'fast-check';
import type { Json, JsonObject } from '#domain';

interface Declared {
  readonly type?: string;
  readonly enum?: readonly Json[];
  readonly anyOf?: readonly JsonObject[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: JsonObject;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonObject>>;
  readonly required?: readonly string[];
}

/** Well above what a request has, and quick to make. */
const ITEMS = 4;

const WHOLE = Number.MAX_SAFE_INTEGER;

const MEMBERS = 'abcdefghijklmnopqrstuvwxyz0123456789_:.-/é中 ';

/** Texts of a pattern; where it looks ahead they are found by trial. */
function matching(pattern: string): fc.Arbitrary<string> {
  const regex = new RegExp(pattern, 'u');
  if (!/\(\?|\\p/.test(pattern)) return fc.stringMatching(regex).filter((text) => regex.test(text));
  const unit = fc.constantFrom(...MEMBERS);
  return fc.string({ unit, minLength: 1, maxLength: 20 }).filter((text) => regex.test(text));
}

const instants = fc
  .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

function texts({ format, pattern }: Declared): fc.Arbitrary<string> {
  if (format === 'date-time') return instants;
  if (format === 'date') return instants.map((text) => text.slice(0, 10));
  return pattern === undefined ? fc.string({ maxLength: 50 }) : matching(pattern);
}

function objects({ properties = {}, required = [] }: Declared, like: unknown): fc.Arbitrary<Json> {
  const parts = Object.entries(properties).map(([key, schema]) => {
    const example = (like as Readonly<Record<string, Json>> | undefined)?.[key];
    return [key, arbitraryOf(schema, example)] as const;
  });
  if (parts.length === 0) return fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>, { maxKeys: 3 });
  return fc.record(Object.fromEntries(parts), { requiredKeys: [...required] });
}

function fromSchema(declared: Declared, like: unknown): fc.Arbitrary<Json> {
  if (declared.enum) return fc.constantFrom(...declared.enum);
  if (declared.anyOf) return fc.oneof(...declared.anyOf.map((schema) => arbitraryOf(schema, like as Json | undefined)));
  switch (declared.type) {
    case 'integer':
      return fc.integer({ min: declared.minimum ?? -WHOLE, max: declared.maximum ?? WHOLE });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return texts(declared);
    case 'array':
      return fc.array(arbitraryOf(declared.items ?? {}), { maxLength: Math.min(declared.maxItems ?? ITEMS, ITEMS) });
    case 'object':
      return objects(declared, like);
    default:
      return fc.jsonValue() as fc.Arbitrary<Json>;
  }
}

/** Values that a schema takes; more often than not the example itself or one whose parts are like its own. */
export function arbitraryOf(schema: JsonObject, example?: Json): fc.Arbitrary<Json> {
  const values = fromSchema(schema, example);
  return example === undefined ? values : fc.oneof({ arbitrary: fc.constant(example), weight: 3 }, values);
}
