import { EVENT_VERSIONS } from '#domain';
import type { EventType, RecordedEvent } from '#domain';
import { chainHash } from './hash.js';
import { LogDamaged } from './port.js';
import type { LogPosition, RawCommit, StoredCommit } from './port.js';

/**
 * Reads a commit and checks that it follows directly from `after`.
 * @throws LogDamaged when it does not, or holds an event that this version does not know
 */
export function decodeCommit(raw: RawCommit, partition: number, after: LogPosition): StoredCommit {
  const { sequence, id, firstNumber, previousHash, payload } = raw;
  const place = placeOf(raw);
  if (firstNumber !== after.number + 1) {
    throw new LogDamaged(`${place} begins with event ${firstNumber}, expected ${after.number + 1}`);
  }
  if (previousHash !== after.hash) {
    throw new LogDamaged(`${place} follows a commit with hash ${previousHash}, expected ${after.hash}`);
  }
  const events = parseEvents(raw);
  const number = firstNumber + events.length - 1;
  const hash = chainHash(previousHash, { partition, firstNumber, id, payload });
  return { id, position: { number, sequence, hash }, firstNumber, previousHash, payload, events };
}

const placeOf = ({ id, sequence }: RawCommit) => `commit ${id} (sequence ${sequence})`;

/** The events of a commit, wherever it stands. @throws LogDamaged */
export function parseEvents(raw: RawCommit): RecordedEvent[] {
  const { payload } = raw;
  const place = placeOf(raw);
  let stored: unknown;
  try {
    stored = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (cause) {
    throw new LogDamaged(`${place} is not JSON`, { cause });
  }
  if (!Array.isArray(stored) || stored.length === 0) throw new LogDamaged(`${place} is not an array of events`);
  return (stored as RecordedEvent[]).map(newestShape);
}

/** The one place where an event of an older version becomes one of the newest. */
function newestShape(event: RecordedEvent): RecordedEvent {
  const known = EVENT_VERSIONS[event.type] as number | undefined;
  if (known === undefined || event.dataschema !== schemaOf(event.type)) {
    const expected =
      known === undefined ? 'a type that this version knows (a newer Daybook may have written it)' : `version ${known}`;
    throw new LogDamaged(
      `event ${event.id} is of type '${event.type}' with schema '${event.dataschema}', expected ${expected}`,
    );
  }
  return event;
}

const SCHEMAS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(EVENT_VERSIONS).map(([type, version]) => [type, `/schemas/${type}/${version}`]),
);

/** The `dataschema` of an event in its newest version; undefined: the type is not known. */
export function schemaOf(type: EventType): string | undefined {
  return SCHEMAS[type];
}
