import type { RecordedEvent } from '#domain';
import { openJetStreamLog } from '#event-log';
import type { EventLog } from '#event-log';
import { startBroker } from '../../../test/setup/broker.js';
import { appendEvents } from '../../projections/testing/log.js';

/** Logs on one real broker, one after the other. */
export interface Logs {
  /** The log of these commits, in the place of the one before. */
  of(commits: readonly (readonly RecordedEvent[])[]): Promise<EventLog>;
  stop(): Promise<void>;
}

export async function startLogs(): Promise<Logs> {
  const nats = await startBroker();
  const connection = await nats.connect('test');
  return {
    async of(commits) {
      await connection.request('$JS.API.STREAM.DELETE.DAYBOOK');
      const log = await openJetStreamLog(connection);
      await appendEvents(log, commits);
      return log;
    },
    stop: () => nats.stop(),
  };
}

/** Events as commits of these sizes, in turn. */
export function commitsOf(events: readonly RecordedEvent[], sizes: readonly number[]): RecordedEvent[][] {
  const commits: RecordedEvent[][] = [];
  for (let start = 0; start < events.length; start += commits.at(-1)!.length) {
    commits.push(events.slice(start, start + sizes[commits.length % sizes.length]!));
  }
  return commits;
}
