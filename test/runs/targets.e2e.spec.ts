import type { JsonObject } from '#domain';
import { clientOf, ended, inSeconds } from '../api/client.js';
import type { Client } from '../api/client.js';
import { keptBelow } from '../setup/kept.js';
import { writeModules } from '../setup/modules.js';
import type { TestModules } from '../setup/modules.js';
import { choosePort } from '../setup/port.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { startSshd } from '../setup/sshd.js';
import type { Sshd } from '../setup/sshd.js';

const SECRET = 'correct-horse-battery-staple';
const SUDO_SECRET = 'another-correct-horse';
const EXECUTION_FAILURE = 'puppetlabs.orchestrator/execution-failure';

interface Item {
  readonly name: string;
  readonly transport: string;
  readonly state: string;
  readonly result: unknown;
}

let sshd: Sshd;
let modules: TestModules;
let server: TestServer;
let client: Client;
beforeAll(async () => {
  sshd = await startSshd();
  modules = writeModules({
    where: {
      script: 'printf \'{"ssh":"%s","stdin":%s}\' "${SSH_CONNECTION:+yes}" "$(cat)"',
      metadata: {
        supports_noop: true,
        input_method: 'stdin',
        parameters: { text: { type: 'String' }, password: { type: 'Optional[String]', sensitive: true } },
      },
    },
  });
  server = await startServer({ env: { DAYBOOK_MODULEPATH: modules.path } });
  client = clientOf(server);
});
afterAll(async () => {
  await server?.stop();
  modules?.remove();
  await sshd?.stop();
});

const ssh = ({ hostnames = ['127.0.0.1'], ...over }: JsonObject & { readonly hostnames?: readonly string[] } = {}) => ({
  hostnames,
  transport: 'ssh',
  user: sshd.user,
  port: sshd.port,
  tmpdir: sshd.tmp,
  'private-key-content': sshd.privateKey,
  'connect-timeout': 5,
  ...over,
});

const request = (
  targets: readonly (JsonObject & { readonly hostnames: readonly string[] })[],
  over: JsonObject = {},
) => ({
  task: 'where',
  params: { text: 'hello' },
  scope: { nodes: targets.flatMap(({ hostnames }) => hostnames) },
  targets,
  ...over,
});

/** The nodes of a job by name, once it has ended. */
async function nodesOf(id: string, on = client): Promise<ReadonlyMap<string, Item>> {
  await ended(on, id);
  const { items } = (await on.get(`jobs/${id}/nodes`)).json as { items: readonly Item[] };
  return new Map(items.map((item) => [item.name, item]));
}

async function run(body: JsonObject, on = client) {
  const { json } = await on.post('task', body);
  return nodesOf((json as { job: { name: string } }).job.name, on);
}

const errored = (msg: RegExp) => ({
  state: 'errored',
  result: { kind: EXECUTION_FAILURE, msg: expect.stringMatching(msg) as string },
});

describe('nodes without an agent', () => {
  it('run a task over ssh, several of a job at the same time, beside one that has an agent', async () => {
    const targets = [ssh({ hostnames: ['127.0.0.1', 'LOCALHOST'] })];
    const body = request(targets, {
      noop: true,
      params: { text: "it's", password: SECRET },
      scope: { nodes: ['127.0.0.1', 'localhost', 'LOCALHOST'] },
    });
    const nodes = await run(body);
    const result = (isOverSsh: string) => ({
      ssh: isOverSsh,
      stdin: { text: "it's", password: '[redacted]', _task: 'where', _noop: true },
    });
    expect(nodes.get('127.0.0.1')).toMatchObject({ state: 'finished', transport: 'ssh', result: result('yes') });
    expect(nodes.get('LOCALHOST')).toMatchObject({ state: 'finished', transport: 'ssh', result: result('yes') });
    expect(nodes.get('localhost')).toMatchObject({ state: 'finished', transport: 'pcp', result: result('') });
  });

  it('are errored where they cannot be reached, and say why', async () => {
    const port = await choosePort();
    const nodes = await run(
      request([
        ssh({ hostnames: ['127.0.0.1'], 'private-key-content': sshd.strangeKey }),
        ssh({ hostnames: ['127.0.0.2'], port }),
        ssh({ hostnames: ['127.0.0.3'], transport: 'winrm' }),
      ]),
    );
    expect(nodes.get('127.0.0.1')).toMatchObject(errored(/Permission denied/));
    expect(nodes.get('127.0.0.2')).toMatchObject(errored(/Connection refused/));
    expect(nodes.get('127.0.0.3')).toMatchObject({
      ...errored(/winrm, which is not supported yet/),
      transport: 'winrm',
    });
  });

  it('are reached by schedules too', async () => {
    await client.post('schedule_task', request([ssh()], { scheduled_time: inSeconds(1), description: 'over ssh' }));
    const found = async (): Promise<string> => {
      const { items } = (await client.get('jobs')).json as {
        items: readonly { name: string; description: string }[];
      };
      return items.find(({ description }) => description === 'over ssh')?.name ?? found();
    };
    expect((await nodesOf(await found())).get('127.0.0.1')).toMatchObject({
      state: 'finished',
      result: { ssh: 'yes' },
    });
  });

  it('show none of their secrets, in no answer, no file and no line of the log', async () => {
    const targets = [
      ssh({ 'sudo-password': SUDO_SECRET }),
      ssh({ hostnames: ['127.0.0.2'], password: SECRET, 'private-key-content': null, port: await choosePort() }),
    ];
    const { json } = await client.post('task', request(targets));
    const id = (json as { job: { name: string } }).job.name;
    await nodesOf(id);
    await client.post('schedule_task', request(targets, { scheduled_time: inSeconds(3600) }));
    const paths = ['jobs', `jobs/${id}`, `jobs/${id}/nodes`, `jobs/${id}/events`, 'scheduled_jobs'];
    const answers = await Promise.all(paths.map(async (path) => (await client.get(path)).text));
    const refused = await client.post('task', request([ssh({ password: SECRET })]));
    expect(refused.status).toBe(400);
    const seen = [keptBelow(server.dataDir), ...server.lines, refused.text, ...answers].join('\n');
    const [, , keyLine] = sshd.privateKey.split('\n');
    for (const secret of [SECRET, SUDO_SECRET, keyLine!]) expect(seen).not.toContain(secret);
    expect(seen).toContain('private-key-content');
  });

  it('are errored after the grace where the server has no agent of its own', async () => {
    const without = await startServer({
      env: { DAYBOOK_LOCAL_AGENT: 'off', DAYBOOK_AGENT_GRACE_MS: '200', DAYBOOK_MODULEPATH: modules.path },
    });
    try {
      const nodes = await run(request([ssh()]), clientOf(without));
      expect(nodes.get('127.0.0.1')).toMatchObject(
        errored(/^the agent localhost, which reaches 127\.0\.0\.1, is not connected/),
      );
    } finally {
      await without.stop();
    }
  });
});
