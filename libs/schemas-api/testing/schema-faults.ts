import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import type { RecordedEvent } from '#domain';
import { readKeptSchemas } from '../kept-schemas.js';

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
const kept = readKeptSchemas();
const compiled = new Map<string, ValidateFunction>();

function validatorOf(address: string): ValidateFunction | null {
  const known = compiled.get(address);
  const text = kept.get(address);
  if (known || text === undefined) return known ?? null;
  const validator = ajv.compile(JSON.parse(text) as object);
  compiled.set(address, validator);
  return validator;
}

/** In which events the schemas at their `dataschema` find something wrong, and what; in words. */
export const schemaFaults = (events: readonly RecordedEvent[]): string[] =>
  events.flatMap((event) => {
    const { id, type, dataschema } = event;
    const validate = validatorOf(dataschema);
    if (!validate) return [`event ${id} (${type}) has the schema '${dataschema}', expected one below schemas`];
    if (validate(event)) return [];
    return [`event ${id} (${type}): ${ajv.errorsText(validate.errors, { dataVar: 'it' })}`];
  });

/** @throws Error saying what, when schemas find something wrong in events */
export function demandSchemas(events: readonly RecordedEvent[]): void {
  const faults = schemaFaults(events);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
