import { rmSync } from 'node:fs';
import { connectTo } from '#broker';
import { LOG_START, openJetStreamLog } from '#event-log';
import type { EventLog, LogPosition, NewCommit } from '#event-log';
import { commitAfter } from '../../libs/event-log/testing/commits.js';
import { clientOf, echo, echoLater, kindOf, until } from '../api/client.js';
import type { Client } from '../api/client.js';
import { embeddedBroker } from '../setup/embedded-broker.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';

let dataDir: string;
let server: TestServer;
let client: Client;
beforeEach(async () => {
  dataDir = newDataDir();
  server = await startServer({ dataDir });
  client = clientOf(server);
});
afterEach(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true });
});

/** Works on the log of the running server, past it. */
async function onLog<T>(work: (log: EventLog) => Promise<T>): Promise<T> {
  const connection = await connectTo(embeddedBroker(dataDir), 'intruder');
  try {
    return await work(await openJetStreamLog(connection));
  } finally {
    await connection.close();
  }
}

const commitsOf = async (log: EventLog) => (await Array.fromAsync(log.read(LOG_START))).flat();

/** Appends a commit; gives the number of its event. */
const intrude = (make: (log: EventLog, after: LogPosition) => NewCommit) =>
  onLog(async (log) => {
    for (;;) {
      const after = (await commitsOf(log)).at(-1)!.position;
      if ((await log.append(make(log, after), after)).kind === 'stored') return after.number + 1;
    }
  });

describe('an event that cannot be, such as the end of a schedule that never was,', () => {
  it('stops the read models, which name it; commands, due times and runs go on', async () => {
    const event = await intrude(commitAfter);
    const stopped = await until(
      () => client.get('scheduled_jobs'),
      ({ status }) => status === 503,
    );
    expect(kindOf(stopped)).toBe('daybook/projection-stopped');
    const reason = `projection orchestrator has stopped: event ${event}: remove in scheduled_jobs found 0 of 1 rows`;
    expect((stopped.json as { msg: string }).msg).toContain(reason);
    const readiness = await client.call('GET', '/readyz');
    expect(readiness).toMatchObject({ status: 503, json: { reasons: [expect.stringContaining(reason)] } });

    expect((await client.get(`scheduled_jobs?as_of=${event - 1}`)).status).toBe(200);
    const asOf = await client.get(`scheduled_jobs?as_of=${event}`);
    expect([asOf.status, kindOf(asOf)]).toEqual([503, 'daybook/as-of-unavailable']);
    expect(asOf.text).toContain(`event ${event}: remove in scheduled_jobs found 0 of 1 rows`);

    expect((await client.post('schedule_task', echoLater())).status).toBe(202);
    expect((await client.post('task', echo())).status).toBe(202);
    const finished = await onLog(async (log) => {
      for await (const commits of log.follow(LOG_START, new AbortController().signal)) {
        const events = commits.flatMap(({ events }) => events);
        const last = events.find(({ type }) => type === 'daybook.job.finished');
        if (last) return last;
      }
      return null;
    });
    expect(finished).toMatchObject({ data: { state: 'finished' } });
  });
});

describe('an event of a version that is not known', () => {
  const ofNextVersion = (log: EventLog, after: LogPosition) => {
    const commit = commitAfter(log, after);
    return {
      ...commit,
      payload: Buffer.from(Buffer.from(commit.payload).toString().replace('.deleted/1"', '.deleted/2"')),
    };
  };
  const sentence = (event: number) =>
    `event ${event} is of type 'daybook.scheduled-job.deleted' ` +
    `with schema '/schemas/daybook.scheduled-job.deleted/2', expected version 1`;

  it('stops the read models and the writer of a server at work, and is named by both', async () => {
    const event = await intrude(ofNextVersion);
    const { json } = await until(
      () => client.call('GET', '/readyz'),
      ({ status }) => status === 503,
    );
    expect((json as { reasons: readonly string[] }).reasons.join()).toContain(sentence(event));
    expect((await client.post('schedule_task', echoLater())).status).toBe(504);
    expect(await server.exited).toMatchObject({ status: 1 });
    expect(server.lines).toContain(`daybook: ${sentence(event)}`);
  });

  it('is not written after: the next start is refused and names it', async () => {
    const event = await intrude(ofNextVersion);
    await server.kill();
    await expect(startServer({ dataDir })).rejects.toThrow(sentence(event));
  });
});
