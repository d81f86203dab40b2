import { EVENT_VERSIONS } from '#domain';
import { declaredKeys } from './declared-keys.js';
import { codeIn, firstTable, read, section } from './markdown.js';

const text = read('docs/events.md');
const OBJECTS = [
  'TaskSpec',
  'Target',
  'DeploySpec',
  'PlanSpec',
  'PlanJobLink',
  'PlanPlace',
  'PlanFailure',
  'Subject',
  'AppJobSpec',
  'AttemptFailure',
] as const;

const declared = declaredKeys('libs/domain/event.ts', ['EventData', 'Envelope', ...OBJECTS]);

const documented = (heading: string) => firstTable(section(text, heading)).map(([key]) => codeIn(key!));

describe('docs/events.md', () => {
  it('lists exactly the events that there are, with their versions', () => {
    const headings = Array.from(section(text, 'The events').matchAll(/^### (.+)$/gm), ([, heading]) => heading);
    const expected = Object.entries(EVENT_VERSIONS).map(([type, version]) => `\`${type}\` (version ${version})`);
    expect(headings.sort()).toEqual(expected.sort());
  });

  it.each(Object.entries(EVENT_VERSIONS))('lists exactly the keys of %s', (type, version) => {
    const keys = declared['EventData']!.inner[type]!;
    expect(keys.length).toBeGreaterThan(0);
    expect(documented(`\`${type}\` (version ${version})`).sort()).toEqual([...keys].sort());
  });

  it.each(OBJECTS)('lists exactly the keys of %s', (name) => {
    expect(documented(name).sort()).toEqual([...declared[name]!.keys].sort());
  });

  it('lists exactly the attributes around the data', () => {
    const attributes = [...declared['Envelope']!.keys, 'type', 'data'];
    expect(documented('An event').sort()).toEqual(attributes.sort());
  });
});
