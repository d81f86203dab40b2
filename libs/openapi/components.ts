import type { Json } from '#domain';
import type { Schema } from '#http';

/** Keywords whose values are values, and no schemas. */
const VALUES = new Set(['default', 'enum', 'examples']);

/** The schemas that have names. */
export interface Components {
  /** The schema with a reference in place of every part that has a name; the part is kept here. */
  readonly refer: (schema: Schema) => Schema;
  /** All that were referred to. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

export function createComponents(): Components {
  const schemas: Record<string, Schema> = {};
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk);
    return typeof value === 'object' && value !== null ? refer(value as Schema) : value;
  };
  function refer(schema: Schema): Schema {
    const { title, ...rest } = schema;
    const isNamed = typeof title === 'string';
    const parts = Object.entries(isNamed ? rest : schema);
    const whole = Object.fromEntries(parts.map(([key, part]) => [key, VALUES.has(key) ? part : walk(part)]));
    if (!isNamed) return whole;
    schemas[title] = whole;
    return { $ref: `#/components/schemas/${title}` };
  }
  return { refer, schemas };
}
