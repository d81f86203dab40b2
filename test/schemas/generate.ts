import { createGenerator } from 'ts-json-schema-generator';
import type { EventType, Json, JsonObject } from '#domain';
import { EVENT_VERSIONS } from '#domain';

/** A JSON Schema (draft 7) and where it is found. */
export interface EventSchema {
  readonly type: EventType;
  readonly version: number;
  readonly schema: JsonObject;
}

/** The schema of the whole CloudEvent of each type in its present version, as the TypeScript types of events say it. */
export function generateSchemas(): EventSchema[] {
  const { $schema, anyOf, definitions = {} } = generate();
  return Object.entries(EVENT_VERSIONS).map(([type, version]) => {
    const generated = anyOf.find(({ properties }) => properties.type.const === type)!;
    const dataschema = `/schemas/${type}/${version}`;
    const properties = {
      ...generated.properties,
      dataschema: { ...generated.properties.dataschema, const: dataschema },
    };
    const own = { $schema, $id: dataschema, title: type, ...generated, properties };
    const schema = JSON.stringify(own).includes('#/definitions/') ? { ...own, definitions } : own;
    return { type: type as EventType, version, schema };
  });
}

interface Generated {
  readonly $schema: string;
  readonly anyOf: readonly {
    readonly properties: JsonObject & { readonly type: { readonly const: Json }; readonly dataschema: JsonObject };
  }[];
  readonly definitions?: JsonObject;
}

/** One schema for events of every type. @throws Error when another type than `Json` refers to itself */
function generate(): Generated {
  const generator = createGenerator({
    path: 'libs/domain/event.ts',
    tsconfig: 'tsconfig.json',
    expose: 'none',
    topRef: false,
    additionalProperties: false,
    skipTypeCheck: true,
  });
  const schema = generator.createSchema('RecordedEvent');
  const recursive = Object.keys(schema.definitions ?? {});
  if (recursive.length > 1) throw new Error(`${recursive.length} types refer to themselves, expected only Json`);
  // The generator's own name tells where the type stands in its file.
  const text = recursive.reduce((rest, name) => rest.replaceAll(name, 'Json'), JSON.stringify(schema));
  return JSON.parse(text) as Generated;
}
