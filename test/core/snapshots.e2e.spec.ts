import { rmSync } from 'node:fs';
import { LOG_START } from '#event-log';
import { appendCommits } from '../../libs/event-log/testing/commits.js';
import { clientOf, echoLater } from '../api/client.js';
import { until } from '../../libs/platform/testing/until.js';
import { openLedger } from '../harm/ledger.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';

// No agent tells anything while the log is written past the server.
const env = { DAYBOOK_LOG_LEVEL: 'info', DAYBOOK_LOCAL_AGENT: 'off' };

interface Line {
  readonly msg: string;
  readonly snapshot?: number;
}

/** What a server has logged under a message; nothing yet: undefined. */
const logged = ({ lines }: TestServer, message: string): Line | undefined =>
  lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)
    .find(({ msg }) => msg === message);

/** As `logged`, once it is there: what is logged comes by another way than what says that a server is ready. */
async function untilLogged(server: TestServer, message: string): Promise<Line> {
  await until(() => logged(server, message) !== undefined);
  return logged(server, message)!;
}

describe('a server whose log has grown', () => {
  let dataDir: string;
  let server: TestServer;
  const start = async () => (server = await startServer({ dataDir, env }));

  beforeEach(async () => {
    dataDir = newDataDir();
    await start();
  });
  afterEach(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('makes a snapshot, and the next start goes on from that', async () => {
    expect((await untilLogged(server, 'writer opened')).snapshot).toBe(0);
    expect(await schedule(server)).toBe('1');
    await growLog(dataDir, 50_000);
    await server.kill();

    await start();
    const { snapshot } = await untilLogged(server, 'snapshot stored');
    expect(snapshot).toBeGreaterThan(50_000);
    await server.kill();

    await start();
    expect((await untilLogged(server, 'writer opened')).snapshot).toBe(snapshot);
    expect(await schedule(server)).toBe('2');
  });
});

/** Schedules a task; gives the name of its scheduled job. */
async function schedule(server: TestServer): Promise<string> {
  const { json } = await clientOf(server).post('schedule_task', echoLater());
  return (json as { scheduled_job: { name: string } }).scheduled_job.name;
}

/** Adds events to the log of a running server, which mean nothing to its state. */
async function growLog(dataDir: string, count: number): Promise<void> {
  const ledger = await openLedger(dataDir);
  const commits = (await Array.fromAsync(ledger.log.read(LOG_START))).flat();
  await appendCommits(ledger.log, commits.at(-1)!.position, Array<number>(count / 2000).fill(2000));
  await ledger.close();
}
