import { EVENT_VERSIONS } from '#domain';
import { readKeptSchemas } from '#schemas-api';
import { adviceOn, driftOf } from './drift.js';
import { generateSchemas } from './generate.js';

const kept = readKeptSchemas();
const generated = generateSchemas();

describe('the schemas of events', () => {
  it('are kept as the types of events have them', () => {
    const advice = generated.map((event) => adviceOn(driftOf(event, kept), event));
    expect(advice.filter((line) => line !== null)).toEqual([]);
  });

  it('are kept of every version that there was, and of no other', () => {
    const addresses = Object.entries(EVENT_VERSIONS).flatMap(([type, newest]) =>
      Array.from({ length: newest }, (_, index) => `/schemas/${type}/${index + 1}`),
    );
    expect([...kept.keys()].sort()).toEqual(addresses.sort());
  });

  it('say what their types say in words', () => {
    const { schema } = generated.find(({ type }) => type === 'daybook.scheduled-job.scheduled')!;
    const { properties } = schema as { properties: { data: { description: string } } };
    expect(properties.data.description).toBe('A schedule was accepted; its occurrences begin at `scheduledTime`.');
  });
});

describe('an event that changed since its schema was kept', () => {
  const event = generated[0]!;
  const address = `/schemas/${event.type}/${event.version}`;
  const driftFrom = (schema: object) => driftOf(event, new Map([[address, JSON.stringify(schema)]]));

  it('has not drifted where nothing did', () => {
    expect(driftFrom(event.schema)).toBe('none');
  });

  it('has drifted in its words where only a description differs', () => {
    expect(driftFrom({ ...event.schema, description: 'Something else.' })).toBe('words');
  });

  it('has drifted in its shape where a key is demanded that was not', () => {
    const drift = driftFrom({ ...event.schema, required: [] });
    expect(drift).toBe('shape');
    expect(adviceOn(drift, event)).toContain('raise the version in EVENT_VERSIONS');
  });

  it('has no schema where its version was raised', () => {
    expect(driftOf({ ...event, version: event.version + 1 }, kept)).toBe('missing');
  });
});
