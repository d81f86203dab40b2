import fc from 'fast-check';
import type { RecordedEvent } from '#domain';
import { appJobHistories, histories } from '../read-store/testing/random-history.js';
import { readKeptSchemas } from './kept-schemas.js';
import { schemaFaults } from './testing/schema-faults.js';

/** The keys that the schema of an event demands, of it and of its data. */
function demanded({ dataschema }: RecordedEvent): { readonly around: string[]; readonly inside: string[] } {
  const schema = JSON.parse(readKeptSchemas().get(dataschema)!) as {
    required: string[];
    properties: { data: { required?: string[] } };
  };
  return { around: schema.required, inside: schema.properties.data.required ?? [] };
}

const without = (key: string, object: object) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

/** The event with one thing changed that its schema does not allow. */
function mutants(event: RecordedEvent): object[] {
  const { around, inside } = demanded(event);
  return [
    ...around.map((key) => without(key, event)),
    ...around.map((key) => ({ ...event, [key]: 1 })),
    ...inside.map((key) => ({ ...event, data: without(key, event.data) })),
    { ...event, surplus: 1 },
    { ...event, data: { ...event.data, surplus: 1 } },
  ];
}

describe('an event of a random history', () => {
  it('is as its schema has it', () => {
    fc.assert(fc.property(histories, (events) => expect(schemaFaults(events)).toEqual([])));
  });

  it('is as its schema has it where it is of a job of an app', () => {
    fc.assert(fc.property(appJobHistories, ({ events }) => expect(schemaFaults(events)).toEqual([])));
  });

  it('is not as its schema has it after any one change', () => {
    const events = new Map(fc.sample(histories, 20).flatMap((all) => all.map((event) => [event.type, event])));
    for (const event of events.values()) {
      const overlooked = mutants(event).filter((mutant) => schemaFaults([mutant as RecordedEvent]).length === 0);
      expect(overlooked).toEqual([]);
    }
  });
});

describe('the schema faults of an event', () => {
  it('name the event and what is wrong in it', () => {
    const [event] = fc.sample(histories, 1)[0]!;
    const faults = schemaFaults([{ ...event!, time: 7 as unknown as string }]);
    expect(faults).toEqual(['event 1 (daybook.subject.registered): it/time must be string']);
  });
});
