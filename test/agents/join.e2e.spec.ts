import { readFileSync, rmSync, statSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import type { RecordedEvent } from '#domain';
import { until as untilTrue } from '../../libs/platform/testing/until.js';
import type { Client, RunningServer } from '../api/client.js';
import { clientOf, kindOf } from '../api/client.js';
import { openLedger } from '../harm/ledger.js';
import { outcomeOf, run } from '../runs/job.js';
import { startAgent } from '../setup/agent.js';
import { newDataDir, startServer } from '../setup/server.js';
import { invite, join, joined, newAgent, nodesIn, PATH } from './agents.js';

let server: RunningServer;
let client: Client;
let agentDir: string;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  client = clientOf(server);
});
afterAll(() => server?.stop());
beforeEach(() => (agentDir = newDataDir()));
afterEach(() => rmSync(agentDir, { recursive: true, force: true }));

const list = () => client.call('GET', PATH);

/** All events of agents in the log. */
async function eventsOfAgents(): Promise<RecordedEvent[]> {
  const ledger = await openLedger(server.dataDir);
  const events = await ledger.events();
  await ledger.close();
  return events.filter(({ type }) => type.startsWith('daybook.agent.'));
}

describe('an agent on another machine', () => {
  it('joins with a token and runs tasks, and later starts without one', async () => {
    const name = 'web1.example.com';
    const { join_token: token } = await invite(client, { node: name });
    const invitation = { server: server.url, token };
    const first = await startAgent({ name, dataDir: agentDir, invitation });
    expect(await outcomeOf(client, await run(client, 'echo', [name]))).toMatchObject({ state: 'finished' });
    await first.end('SIGTERM');
    expect(nodesIn(await list())).toContain(name);

    const identity = joinPath(agentDir, 'agents', 'web1%2Eexample%2Ecom', 'identity.json');
    expect(statSync(identity).mode & 0o777).toBe(0o600);
    expect(readFileSync(identity, 'utf8')).not.toContain(token);

    const second = await startAgent({ name, dataDir: agentDir });
    expect(await outcomeOf(client, await run(client, 'echo', [name]))).toMatchObject({ state: 'finished' });
    await second.end('SIGTERM');
    const third = await startAgent({ name, dataDir: agentDir, invitation });
    await third.end('SIGTERM');
  });

  it('whose token was used by another leaves and says so', async () => {
    const { join_token: token } = await invite(client);
    expect((await join(client, newAgent('web2.example.com'), token)).status).toBe(201);
    const late = startAgent({ name: 'web3.example.com', dataDir: agentDir, invitation: { server: server.url, token } });
    await expect(late).rejects.toThrow('does not let the agent join: The join token is not valid');
  });
});

describe('an invitation', () => {
  it('shows its token once, also when it is asked for again under the same key', async () => {
    const headers = { 'idempotency-key': 'invite once' };
    const ask = () => client.call('POST', `${PATH}/invitations`, { body: {}, headers });
    const [first, second] = [await ask(), await ask()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toEqual({ ...(first.json as object), join_token: null });
  });

  it.each([
    [{ node: 'a b' }, "node is 'a b', expected 1 to 255 letters, digits, '.', '_' and '-'"],
    [{ node: 7 }, "node is 7, expected 1 to 255 letters, digits, '.', '_' and '-'"],
    [{ expires_in: 0 }, 'expires_in is 0, expected an integer from 1 to 2592000'],
    [{ expires_in: '60' }, "expires_in is '60', expected an integer from 1 to 2592000"],
  ])('%j is refused', async (body, msg) => {
    const answer = await client.call('POST', `${PATH}/invitations`, { body });
    expect([answer.status, answer.json]).toMatchObject([400, { msg }]);
  });

  it('lets nobody join after it has expired', async () => {
    const { join_token: token, expires } = await invite(client, { expires_in: 1 });
    await untilTrue(() => Date.now() > Date.parse(expires));
    const answer = await join(client, newAgent('late.example.com'), token);
    expect([answer.status, kindOf(answer)]).toEqual([401, 'daybook/invalid-join-token']);
  });

  it('lets one of many join that try at once', async () => {
    const { join_token: token } = await invite(client);
    const names = Array.from({ length: 10 }, (_, index) => `race${index}.example.com`);
    const answers = await Promise.all(names.map((name) => join(client, newAgent(name), token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 401)]);
  });

  it('stands in the log with who gave it, and without its token', async () => {
    const agent = newAgent('logged.example.com');
    const { join_token: token, invitation } = await invite(client, { node: agent.node });
    await join(client, agent, token);
    await client.call('DELETE', `${PATH}/${agent.node}`);
    const events = await eventsOfAgents();
    expect(JSON.stringify(events)).not.toContain(token.split('.')[1]);
    const subject = expect.stringMatching(/^subject\//) as string;
    expect(events.slice(-3)).toMatchObject([
      { type: 'daybook.agent.invited', subject: `invitation/${invitation}`, actor: subject },
      { type: 'daybook.agent.joined', subject: `agent/${agent.node}`, actor: `agent/${agent.node}` },
      { type: 'daybook.agent.revoked', subject: `agent/${agent.node}`, actor: subject },
    ]);
  });
});

describe('a join', () => {
  it('whose answer was lost is answered again', async () => {
    const agent = newAgent('again.example.com');
    const { join_token: token } = await invite(client);
    const [first, second] = [await join(client, agent, token), await join(client, agent, token)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toEqual(first.json);
    expect(nodesIn(await list()).filter((name) => name === agent.node)).toHaveLength(1);
  });

  it.each([
    ['', 401, 'daybook/invalid-join-token'],
    ['x', 401, 'daybook/invalid-join-token'],
    [`${'a'.repeat(16)}.${'b'.repeat(43)}`, 401, 'daybook/invalid-join-token'],
  ])('with the token %j is refused', async (token, status, kind) => {
    const answer = await join(client, newAgent('nobody.example.com'), token);
    expect([answer.status, kindOf(answer)]).toEqual([status, kind]);
    expect(answer.text).not.toContain('nobody.example.com');
  });

  it('is refused to another node, another key, and a key that is known', async () => {
    const agent = newAgent('taken.example.com');
    await joined(client, agent);
    const { join_token: token } = await invite(client);
    const { join_token: bound } = await invite(client, { node: 'bound.example.com' });
    for (const [other, with_] of [
      [newAgent(agent.node), token],
      [{ ...agent, node: 'other.example.com' }, token],
      [newAgent('unbound.example.com'), bound],
    ] as const) {
      const answer = await join(client, other, with_);
      expect([answer.status, kindOf(answer)]).toEqual([403, 'daybook/join-refused']);
    }
  });

  it.each([
    ['a node that is no name', { node: '*' }, "node is '*'"],
    ['no key', { public_key: 'U' }, "public_key is 'U', expected the public nkey of a user"],
    ['no text as token', { join_token: 7 }, 'join_token is a number, expected a join token'],
  ])('with %s is refused', async (_, over, msg) => {
    const { node, publicKey } = newAgent('web9.example.com');
    const body = { join_token: 'x', node, public_key: publicKey, ...over };
    const answer = await client.call('POST', PATH, { token: null, body });
    expect([answer.status, answer.json]).toMatchObject([400, { msg: expect.stringContaining(msg) as string }]);
  });

  it('is all that can be asked without an access token', async () => {
    const calls = [
      client.call('GET', PATH, { token: null }),
      client.call('POST', `${PATH}/invitations`, { token: null, body: {} }),
      client.call('DELETE', `${PATH}/web1.example.com`, { token: null }),
      client.call('DELETE', `${PATH}/web1.example.com`, { token: 'wrong' }),
    ];
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });
});

describe('the list of agents', () => {
  it('names them in order, with key and since when', async () => {
    const agent = newAgent('aaa.example.com');
    await joined(client, agent);
    const answer = await list();
    const { items } = answer.json as { items: readonly object[] };
    const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
    expect(items[0]).toEqual({ node: agent.node, public_key: agent.publicKey, since });
    expect(nodesIn(answer)).toEqual(nodesIn(answer).sort());
  });
});
