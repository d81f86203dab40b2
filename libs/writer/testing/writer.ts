import { randomUUID } from 'node:crypto';
import type { CommandMeta, RecordedEvent, UserCommand } from '#domain';
import { LOG_START, openJetStreamLog } from '#event-log';
import type { EventLog } from '#event-log';
import { openResolver } from '#inventory-query';
import { createLogger, systemClock } from '#platform';
import type { TestBroker } from '../../../test/setup/broker.js';
import { spec } from '../../domain/testing/given.js';
import { subject } from '../../domain/testing/subject.js';
import { demandSchemas } from '../../schemas-api/testing/schema-faults.js';
import { ClockWatch } from '../clock-watch.js';
import { Writer } from '../writer.js';
import type { WriterOptions } from '../writer.js';

/** A writer at work on a real log. */
export interface TestWriter {
  readonly writer: Writer;
  readonly log: EventLog;
  /** What it has said was committed. */
  readonly committed: readonly RecordedEvent[];
  /** Settles when it has stopped; rejects with the reason why it had to. */
  readonly running: Promise<void>;
  /** @throws Error when a committed event is not as its schema has it */
  readonly stop: () => Promise<void>;
}

export async function startTestWriter(nats: TestBroker, options: Partial<WriterOptions> = {}): Promise<TestWriter> {
  const log = await openJetStreamLog(await nats.connect('writer'));
  const committed: RecordedEvent[] = [];
  const writer = new Writer({
    log,
    clock: new ClockWatch(systemClock),
    logger: createLogger('test', 'silent'),
    resolver: openResolver(),
    identity: { program: 'test', timeZoneData: '2026a', keyChecks: ['key'] },
    // As if the owner of all that the tests schedule had been registered before.
    onOpened: ({ subjects }) => void subjects.set('a', subject('a', 'a')),
    onCommitted: (events) => committed.push(...events),
    ...options,
  });
  await writer.open();
  const running = writer.run();
  running.catch(() => undefined);
  return {
    writer,
    log,
    committed,
    running,
    stop: async () => {
      writer.close(2000);
      await running;
      demandSchemas(committed);
    },
  };
}

export const meta = (commandId: string = randomUUID()): CommandMeta => ({
  commandId,
  actor: 'daybook',
  correlationId: 'c',
});

/** Schedules a task; far in the future unless a time is given. */
export const scheduleTask = (
  scheduledTimeMs = Date.parse('2090-01-01T00:00:00Z'),
  intervalS: number | null = null,
): UserCommand => ({
  type: 'schedule-job',
  spec,
  scope: { nodes: ['a'] },
  owner: 'a',
  description: '',
  userdata: {},
  scheduledTimeMs,
  intervalS,
});

/** A command that is decided, each time, but with an event that no state takes: it cannot be written down twice. */
export function spoilingCommand(): UserCommand {
  let isWritten = false;
  const toJSON = () => {
    isWritten = !isWritten;
    if (!isWritten) throw new Error('it was written down before');
    return {};
  };
  return { ...scheduleTask(), userdata: { toJSON } } as unknown as UserCommand;
}

export const runTask = (nodes: readonly string[] = ['a']): UserCommand => ({
  type: 'create-job',
  spec,
  scope: { nodes },
  owner: 'a',
  description: '',
  userdata: {},
});

/** Every event of a log. */
export async function eventsOf(log: EventLog): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const commits of log.read(LOG_START)) events.push(...commits.flatMap((commit) => commit.events));
  return events;
}
