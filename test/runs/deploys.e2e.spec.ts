import { rmSync } from 'node:fs';
import { delimiter } from 'node:path';
import { connectTo } from '#broker';
import type { RecordedEvent } from '#domain';
import { LOG_START, openJetStreamLog } from '#event-log';
import { until as untilTrue } from '../../libs/platform/testing/until.js';
import type { Client } from '../api/client.js';
import { clientOf, until } from '../api/client.js';
import { embeddedBroker } from '../setup/embedded-broker.js';
import { newFolder } from '../setup/folder.js';
import type { Folder } from '../setup/folder.js';
import { puppetApply } from '../setup/puppet-apply.js';
import { puppetFolder } from '../setup/puppet.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { eventsOf, nodesOf, outcomeOf, storyOf } from './job.js';

const FETCH_MS = 300_000;

let folder: Folder;
let dataDir: string;
let env: Record<string, string>;
let server: TestServer;
let client: Client;

const start = async () => {
  server = await startServer({ dataDir, env });
  client = clientOf(server);
};

beforeAll(async () => {
  folder = newFolder();
  dataDir = newDataDir();
  const programs = await puppetFolder();
  env = {
    PATH: [programs, process.env['PATH']].join(delimiter),
    DAYBOOK_PUPPET_COMMAND: await puppetApply(
      programs,
      folder.path('puppet'),
      `file { '${folder.path('motd')}': content => $facts['kernel'] }`,
    ),
  };
  await start();
}, FETCH_MS);
afterAll(async () => {
  await server?.stop();
  folder.remove();
  rmSync(dataDir, { recursive: true });
});

/** All facts of nodes that are in the log. */
async function factsInLog() {
  const connection = await connectTo(embeddedBroker(dataDir), 'reader');
  try {
    const log = await openJetStreamLog(connection);
    const events: RecordedEvent[] = (await Array.fromAsync(log.read(LOG_START)))
      .flat()
      .flatMap((commit) => commit.events);
    return events.filter((event) => event.type === 'daybook.node.facts-reported');
  } finally {
    await connection.close();
  }
}

describe('the facts of a node', () => {
  it('come into the log, by the account of its agent', async () => {
    await untilTrue(async () => (await factsInLog()).length > 0);
    expect(await factsInLog()).toMatchObject([
      {
        subject: 'node/localhost',
        actor: 'agent/localhost',
        data: { node: 'localhost', environment: 'production', facts: { kernel: 'Linux', os: { family: 'Debian' } } },
      },
    ]);
  });

  it('are not told again after a restart, as they are known', async () => {
    await server.stop();
    await start();
    await outcomeOf(client, await deploy({ noop: true }));
    expect(await factsInLog()).toHaveLength(1);
  });
});

/** Runs Puppet on the nodes that a query about their facts finds. */
async function deploy(more: Record<string, boolean> = {}): Promise<string> {
  const query = 'inventory[certname] { facts.kernel = "Linux" }';
  const { json } = await until(
    () => client.post('deploy', { environment: 'production', enforce_environment: false, scope: { query }, ...more }),
    ({ status }) => status === 202,
  );
  return (json as { job: { name: string } }).job.name;
}

describe('a deploy', () => {
  it('runs Puppet on the nodes of its scope, and shows what came of it', async () => {
    const id = await deploy();
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'finished', node_states: { finished: 1 } });
    expect(await storyOf(client, id)).toEqual([
      'node_running localhost',
      'node_finished localhost',
      'job_finished finished',
    ]);
    const metrics = { total: 8, failed: 0, changed: 1, out_of_sync: 1, skipped: 0, restarted: 0 };
    const result = { status: 'changed', environment: 'production', noop: { noop: false, no_noop: false }, metrics };
    expect(await nodesOf(client, id)).toMatchObject([
      {
        state: 'finished',
        message: 'Finished puppet run on localhost - Success!',
        transaction_uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        details: { metrics },
        result,
      },
    ]);
    expect((await eventsOf(client, id))[1]).toMatchObject({ details: { detail: result } });
    expect(folder.read('motd')).toBe('Linux');
  });
});
