import { rmSync } from 'node:fs';
import { clientOf, echo, echoLater, inSeconds, until } from '../api/client.js';
import type { Answer, Client } from '../api/client.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { smallDisk, whyNoSmallDisk } from '../setup/small-disk.js';
import type { SmallDisk } from '../setup/small-disk.js';

const why = whyNoSmallDisk();
const onSmallDisk = why === null ? describe : describe.skip;

/** Ids of what an answer lists or has made. */
const idsOf = ({ json }: Answer) =>
  (json as { items: readonly { name: string }[] }).items.map(({ name }) => Number(name)).sort((a, b) => a - b);

onSmallDisk(`a server whose disk is full${why === null ? '' : ` (not on this machine: ${why})`}`, () => {
  let dataDir: string;
  let disk: SmallDisk;
  let server: TestServer;
  let client: Client;

  beforeEach(async () => {
    dataDir = newDataDir();
    disk = smallDisk(dataDir, 320);
    server = await startServer({ dataDir, runner: disk.runner });
    client = clientOf(server);
  });
  afterEach(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true });
  });

  const schedule = (body = echoLater()) => client.post('schedule_task', body);
  const jobs = () => client.get('jobs');
  const isFinished = (count: number) => (answer: Answer) => {
    const { items } = answer.json as { items: readonly { state: string }[] };
    return items.filter(({ state }) => state === 'finished').length === count;
  };
  const isReady = () => client.call('GET', '/readyz');

  it('takes no command, ends what it had accepted, loses nothing, and goes on when there is room', async () => {
    const message = 'x'.repeat(50_000);
    for (const body of [
      echoLater(),
      echo({ scheduled_time: inSeconds(2) }),
      // Its job does not fit into the rest of a page that a file may still have.
      echo({ scheduled_time: inSeconds(6), params: { message } }),
    ]) {
      expect((await schedule(body)).status).toBe(202);
    }

    disk.fill(server.pid, 100 * 1024 * 1024);
    let accepted = 3;
    const refused = await until(schedule, ({ status }) => {
      if (status === 202) accepted++;
      return status !== 202;
    });
    expect(refused).toMatchObject({ status: 507, json: { kind: 'daybook/disk-full' } });
    const past = await client.get('jobs?as_of=1');
    expect(past).toMatchObject({ status: 503, json: { kind: 'daybook/as-of-unavailable' } });
    expect(past.text).toContain('disk is full');
    await until(jobs, isFinished(1));

    disk.fill(server.pid, 0);
    const trouble = await until(isReady, ({ status }) => status === 503);
    expect(trouble.json).toMatchObject({ reasons: [expect.stringContaining('the log gives no answer')] });
    expect((await schedule()).status).toBe(507);
    expect(isFinished(1)(await jobs())).toBe(true);

    disk.clear(server.pid);
    await until(jobs, isFinished(2));
    await until(isReady, ({ status }) => status === 200);
    const again = await until(schedule, ({ status }) => status !== 507);
    expect(again.status).toBe(202);
    const left = await client.get('scheduled_jobs?limit=1000');
    const all = Array.from({ length: accepted + 1 }, (_, index) => index + 1);
    expect(idsOf(left)).toEqual(all.filter((id) => id !== 2 && id !== 3));
    expect(idsOf(await jobs())).toEqual([1, 2]);
  });
});
