import { jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectTo, parseNatsUrl, whenJetStreamIsUp } from '#broker';
import { LOG_START, openJetStreamLog } from '#event-log';
import type { LogPosition, Verdict } from '#event-log';
import { openJetStreamValues } from '#large-values';
import { openResolver } from '#inventory-query';
import { openLease } from '#lease';
import { createLogger, systemClock } from '#platform';
import { openSnapshotStore } from '#snapshots';
import { ClockWatch, OutcomeUnknown, standForElection, Writer } from '#writer';
import { appendCommits, commitAfter, readAll } from '../../libs/event-log/testing/commits.js';
import { until } from '../../libs/platform/testing/until.js';
import { meta, scheduleTask } from '../../libs/writer/testing/writer.js';
import { freeze } from '../setup/freeze.js';
import { startNatsServers } from '../setup/nats-servers.js';
import type { NatsServers } from '../setup/nats-servers.js';

let nats: NatsServers;
const connections: NatsConnection[] = [];
beforeAll(async () => {
  nats = await startNatsServers(3);
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await nats.stop();
});

async function connect(name: string, url = nats.url): Promise<NatsConnection> {
  const connection = await connectTo(parseNatsUrl(url), name);
  connections.push(connection);
  return connection;
}

const openLog = async () => openJetStreamLog(await connect('log'));

const positionOf = (verdict: Verdict) => (verdict as { readonly position: LogPosition }).position;

/** The end of the log. */
async function headOf(log: Awaited<ReturnType<typeof openLog>>): Promise<LogPosition> {
  return (await readAll(log, LOG_START)).at(-1)?.position ?? LOG_START;
}

describe('the log on a cluster of three nats-servers', () => {
  it('stores a commit once that is sent again while the first is in process', async () => {
    const log = await openLog();
    let position = await headOf(log);
    for (let round = 0; round < 20; round++) {
      const commit = commitAfter(log, position);
      const verdicts = await Promise.all([log.append(commit, position), log.append(commit, position)]);
      expect(verdicts.map(({ kind }) => kind)).toEqual(['stored', 'stored']);
      expect(verdicts[0]).toEqual(verdicts[1]);
      position = positionOf(verdicts[0]);
    }
    expect(await headOf(log)).toEqual(position);
  });

  it('takes one of two commits for one place, and tells the other that it is fenced', async () => {
    const [log, other] = [await openLog(), await openLog()];
    let position = await headOf(log);
    for (let round = 0; round < 20; round++) {
      const rivals = [log, other].map((each) => each.append(commitAfter(each, position), position));
      const verdicts = await Promise.all(rivals);
      expect(verdicts.map(({ kind }) => kind).toSorted()).toEqual(['fenced', 'stored']);
      position = positionOf(verdicts.find(({ kind }) => kind === 'stored')!);
    }
  });

  it('goes on without a gap or a repeat when its leader is killed', async () => {
    const log = await openLog();
    const before = await headOf(log);
    const leader = await nats.leaderOf('DAYBOOK');
    const appended = appendCommits(log, before, [1, 1, 1]);
    process.kill(leader.pid, 'SIGKILL');
    const position = await appended;
    await leader.revive();
    expect(position.number).toBe(before.number + 3);
    expect(await headOf(log)).toEqual(position);
  }, 60_000);
});

describe('a writer on a cluster of three nats-servers', () => {
  it('gives no answer while the leader of the log stands alone, which may have been left behind', async () => {
    const logger = createLogger('test', 'silent');
    await openLog();
    const leader = await nats.leaderOf('DAYBOOK');
    const log = await openJetStreamLog(await connect('writer', leader.url));
    let writer!: Writer;
    const reigns = standForElection({
      lease: await openLease(await connect('lease', leader.url), 'a'),
      logger,
      newWriter: (claim) =>
        (writer = new Writer({
          log,
          claim,
          clock: new ClockWatch(systemClock),
          logger,
          resolver: openResolver(),
          identity: { program: 'test', timeZoneData: '2026a', keyChecks: ['key'] },
          onOpened: () => undefined,
          onCommitted: () => undefined,
        })),
      onEnded: () => undefined,
    });
    await until(() => writer?.reign !== undefined && writer.reign !== null);
    await writer.execute(scheduleTask(), meta());
    const ask = () => writer.execute({ type: 'ask-position' }, meta());
    const { position } = await ask();

    const others = nats.servers.filter((server) => server !== leader);
    for (const { pid } of others) freeze(pid);
    const asked = ask();
    await expect(asked).rejects.toThrow(OutcomeUnknown);
    for (const { pid } of others) process.kill(pid, 'SIGCONT');
    await until(() =>
      ask().then(
        (receipt) => receipt.position >= position,
        () => false,
      ),
    );
    reigns.close(1000);
    await reigns.done;
  }, 60_000);
});

describe('what Daybook keeps on a cluster of three nats-servers', () => {
  it('has three copies, unless it is there already with others', async () => {
    const connection = await connect('operator');
    const jsm = await whenJetStreamIsUp(() => jetstreamManager(connection));
    await whenJetStreamIsUp(() => new Objm(connection).create('DAYBOOK_SNAPSHOTS', { replicas: 1 }));
    await openLog();
    await openLease(connection, 'a');
    await openJetStreamValues(connection);
    await openSnapshotStore(connection);
    const copies = async (stream: string) =>
      (await whenJetStreamIsUp(() => jsm.streams.info(stream))).config.num_replicas;
    expect(await Promise.all(['DAYBOOK', 'KV_DAYBOOK_LEASE', 'OBJ_DAYBOOK_VALUES'].map(copies))).toEqual([3, 3, 3]);
    expect(await copies('OBJ_DAYBOOK_SNAPSHOTS')).toBe(1);
  });
});

describe('a cluster of two nats-servers', () => {
  it('is refused: it cannot keep three copies', async () => {
    const two = await startNatsServers(2);
    const connection = await connectTo(parseNatsUrl(two.url), 'log');
    await expect(openJetStreamLog(connection)).rejects.toThrow(
      /^the NATS cluster cannot keep 3 copies of stream DAYBOOK \(.+\), expected at least 3 of its servers/,
    );
    await connection.close();
    await two.stop();
  });
});
