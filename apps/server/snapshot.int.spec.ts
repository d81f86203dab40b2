import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamManager } from '@nats-io/jetstream';
import { encodeState } from '#domain';
import { openJetStreamLog } from '#event-log';
import type { EventLog } from '#event-log';
import { createLogger, identify, isAlive } from '#platform';
import { openSnapshotStore } from '#snapshots';
import type { SnapshotStore } from '#snapshots';
import { recover } from '#writer';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { startNode } from '../../libs/platform/testing/node-process.js';
import { until } from '../../libs/platform/testing/until.js';
import { meta, scheduleTask, startTestWriter } from '../../libs/writer/testing/writer.js';
import type { SnapshotMade, SnapshotOrder } from './snapshot-messages.js';

const PROGRAM = pathToFileURL('dist/run/snapshot.js');

let nats: TestBroker;
let log: EventLog;
let store: SnapshotStore;
let jsm: JetStreamManager;
beforeEach(async () => {
  nats = await startBroker();
  const connection = await nats.connect('test');
  log = await openJetStreamLog(connection);
  store = await openSnapshotStore(connection);
  jsm = await jetstreamManager(connection);
});
afterEach(() => nats.stop());

const order = (): SnapshotOrder => ({ broker: nats.broker.address, storageDir: null, logLevel: 'silent' });

function start(): ChildProcess {
  const child = fork(PROGRAM, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(order());
  return child;
}

async function make(): Promise<number> {
  const child = start();
  const [made, ended] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
  expect(ended).toEqual([0, null]);
  return (made as [SnapshotMade])[0].number;
}

/** Schedules with so long descriptions that a snapshot of them has as many chunks, which take a second and more. */
async function schedule(count: number): Promise<void> {
  const { writer, stop } = await startTestWriter(nats);
  const description = (i: number) => `${i} ${'x'.repeat(128 * 1024)}`;
  for (let i = 0; i < count; i++) {
    await writer.execute({ ...scheduleTask(), description: description(i) } as never, meta());
  }
  await stop();
}

const messages = async () => (await jsm.streams.info('OBJ_DAYBOOK_SNAPSHOTS')).state.messages;

describe('the process that makes a snapshot', () => {
  it('brings the last one up to the end of the log, stores that and leaves', async () => {
    await schedule(2);
    const first = await make();
    await schedule(2);
    const second = await make();
    expect(await store.list()).toEqual([second, first]);
    const fromSnapshot = await recover(log, { store, logger: createLogger('test', 'silent') });
    const fromLog = await recover(log, null);
    expect(fromSnapshot.snapshot).toBe(second);
    expect(second).toBe(fromLog.position.number);
    expect([...encodeState(fromSnapshot.state)]).toEqual([...encodeState(fromLog.state)]);
  });

  it('stores nothing where the log has not grown', async () => {
    await schedule(1);
    expect(await make()).toBe(await make());
    expect(await store.list()).toHaveLength(1);
  });

  it('leaves the last one as it is when it is killed, and nothing of its own that the next does not remove', async () => {
    await schedule(1);
    const first = await make();
    const before = await messages();
    await schedule(100);
    const child = start();
    await until(async () => (await messages()) > before + 3);
    expect(getPriority(child.pid)).toBe(10);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await store.list()).toEqual([first]);
    expect(await messages()).toBeGreaterThan(before);

    const fromSnapshot = await recover(log, { store, logger: createLogger('test', 'silent') });
    expect(fromSnapshot.snapshot).toBe(first);
    expect([...encodeState(fromSnapshot.state)]).toEqual([...encodeState((await recover(log, null)).state)]);

    const second = await make();
    expect(await store.list()).toEqual([second, first]);
    const chunks = (await Promise.all([first, second].map((n) => Array.fromAsync(store.get(n))))).flat();
    expect(await messages()).toBe(chunks.length + 2);
  });

  it('ends when the process that started it is killed', async () => {
    await schedule(1);
    nats.signal('SIGSTOP');
    const parent = startNode(
      () => `
      import { fork } from 'node:child_process';
      const stdio = ['ignore', 'ignore', 'inherit', 'ipc'];
      const child = fork(new URL('${PROGRAM.href}'), { detached: true, execArgv: [], stdio });
      child.send(${JSON.stringify(order())});
      console.log(child.pid);
    `,
    );
    const child = identify(Number(await parent.nextLine()))!;
    await until(() => getPriority(child.pid) === 10);
    expect(isAlive(child)).toBe(true);
    parent.process.kill('SIGKILL');
    await until(() => !isAlive(child));
    nats.signal('SIGCONT');
  });
});
