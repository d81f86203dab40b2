import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectTo } from '#broker';
import { LOG_START, openJetStreamLog } from '#event-log';
import type { EventLog } from '#event-log';
import { newDataDir, openEmbeddedHere, silent } from '../../libs/broker/testing/open-here.js';
import type { OpenedBroker } from '../../libs/broker/testing/open-here.js';
import { appendCommits, commitAfter, readAll } from '../../libs/event-log/testing/commits.js';
import { repairStorage } from './storage-repair.js';

describe('a log that nats-server cannot write', () => {
  let dataDir: string;
  let opened: OpenedBroker;
  let connection: NatsConnection;
  let log: EventLog;

  const open = async () => {
    opened = await openEmbeddedHere(dataDir);
    connection = await connectTo(opened.broker.address, 'test');
    log = await openJetStreamLog(connection);
  };
  const close = async () => {
    await connection.close();
    await opened.close();
  };
  beforeEach(async () => {
    dataDir = newDataDir();
    await open();
  });
  afterEach(async () => {
    await close();
    rmSync(dataDir, { recursive: true });
  });

  it('takes the pending commit, once, when it can be written and nats-server was started anew', async () => {
    await close();
    // Whoever writes to /dev/full hears that the disk is full.
    const block = join(dataDir, 'nats', 'store', 'jetstream', 'DAYBOOK', 'streams', 'DAYBOOK', 'msgs', '1.blk');
    rmSync(block);
    symlinkSync('/dev/full', block);
    await open();
    const repair = repairStorage(opened.broker, dataDir, silent);

    const verdict = await log.append(commitAfter(log, LOG_START), LOG_START, {
      onResend() {
        repair.noteTrouble(true);
        rmSync(block, { force: true });
      },
    });
    repair.close();
    expect(verdict.kind).toBe('stored');
    await appendCommits(log, (verdict as { position: typeof LOG_START }).position, [1]);
    expect(await readAll(log, LOG_START)).toHaveLength(2);
  });
});
