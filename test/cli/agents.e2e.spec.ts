import { rmSync } from 'node:fs';
import type { RunningServer } from '../api/client.js';
import { clientOf } from '../api/client.js';
import { daybook } from './cli.js';
import { newDataDir, startServer } from '../setup/server.js';
import { join, newAgent } from '../agents/agents.js';

/** The head of the table alone. */
const NONE = 'node  since  public key\n';

const TOKEN = 'token-that-the-server-keeps-nowhere';

let server: RunningServer;
let env: Record<string, string>;
const folder = newDataDir();
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_ADMIN_TOKEN: TOKEN, DAYBOOK_LOCAL_AGENT: 'off' } });
  env = { DAYBOOK_URL: server.url, DAYBOOK_TOKEN: TOKEN };
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const agents = (...args: string[]) => daybook(['agents', ...args], env);

describe('daybook agents', () => {
  it('invites, lists and revokes', async () => {
    expect(await agents('list')).toEqual({ status: 0, stdout: NONE, stderr: '' });
    const invited = await agents('invite', '--node', 'web1.example.com', '--expires', '60');
    expect(invited).toMatchObject({ status: 0, stderr: '' });
    const command = /^npm run agent -- --name web1\.example\.com --server (\S+) --join (\S+)$/m.exec(invited.stdout);
    expect(command![1]).toBe(server.url);
    const agent = newAgent('web1.example.com');
    expect((await join(clientOf(server), agent, command![2]!)).status).toBe(201);
    const listed = await agents('list');
    expect(listed.stdout).toMatch(new RegExp(`^web1\\.example\\.com  20\\S+Z  ${agent.publicKey}\\n$`, 'm'));
    expect(await agents('revoke', agent.node)).toEqual({
      status: 0,
      stdout: 'web1.example.com is revoked\n',
      stderr: '',
    });
    expect((await agents('list')).stdout).toBe(NONE);
  });

  it.each([
    [['revoke', 'web2.example.com'], {}, 'No agent has joined as web2.example.com'],
    [['revoke', 'a b'], {}, "node is 'a b', expected 1 to 255 letters, digits, '.', '_' and '-'"],
    [['invite', '--expires', '9999999'], {}, 'expires_in is 9999999, expected an integer from 1 to 2592000'],
    [
      ['list'],
      { DAYBOOK_TOKEN: 'wrong' },
      "The provided token is not valid.\nthe token comes from DAYBOOK_TOKEN; 'daybook login <name>' gets another one",
    ],
    [['list'], { DAYBOOK_URL: 'http://127.0.0.1:1' }, /^http:\/\/127\.0\.0\.1:1 cannot be reached: .+\n'npm start'/],
    [
      ['list'],
      { DAYBOOK_TOKEN: '', DAYBOOK_DATA_DIR: folder },
      /^DAYBOOK_TOKEN is not set and .*admin-token cannot be/,
    ],
  ])('%j with %j says what is wrong', async (args, over, sentence) => {
    const { status, stdout, stderr } = await daybook(['agents', ...args], { ...env, ...over });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trim()).toMatch(sentence instanceof RegExp ? sentence : new RegExp(`^${escaped(sentence)}$`));
  });

  it('finds the token in the data directory of the server', async () => {
    const own = await startServer({ dataDir: folder, env: { DAYBOOK_ADMIN_TOKEN: '' } });
    const here = { DAYBOOK_URL: own.url, DAYBOOK_TOKEN: '', DAYBOOK_DATA_DIR: folder };
    const listed = await daybook(['agents', 'list'], here);
    expect(listed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^localhost  /m) as string });
    await own.stop();
  });
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
