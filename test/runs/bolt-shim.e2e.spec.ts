import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JsonObject } from '#domain';
import { clientOf } from '../api/client.js';
import type { Client } from '../api/client.js';
import { newFolder } from '../setup/folder.js';
import type { Folder } from '../setup/folder.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { startSshd } from '../setup/sshd.js';
import type { Sshd } from '../setup/sshd.js';
import { nodesOf, outcomeOf, run } from './job.js';

let sshd: Sshd;
let server: TestServer;
let client: Client;
let folder: Folder;
beforeAll(async () => {
  sshd = await startSshd();
  server = await startServer();
  client = clientOf(server);
});
afterAll(async () => {
  await server?.stop();
  await sshd?.stop();
});
beforeEach(() => (folder = newFolder()));
afterEach(() => folder.remove());

const ssh = () => ({
  hostnames: ['127.0.0.1'],
  transport: 'ssh',
  user: sshd.user,
  port: sshd.port,
  tmpdir: sshd.tmp,
  'private-key-content': sshd.privateKey,
});

/** Base64 in lines, as Bolt sends it. */
const sent = (content: string | Buffer) =>
  Buffer.from(content)
    .toString('base64')
    .replaceAll(/.{1,60}/g, '$&\n');

describe.each([
  ['over an agent', 'localhost', () => ({})],
  ['over ssh', '127.0.0.1', () => ({ targets: [ssh()] })],
])('%s', (_, node, more) => {
  async function shim(name: string, params: JsonObject) {
    const id = await run(client, `bolt_shim::${name}`, [node], { ...more(), params });
    await outcomeOf(client, id);
    const { state, result } = (await nodesOf(client, id))[0]!;
    return { state, result: result! };
  }

  it('a command answers with what it printed and how it ended', async () => {
    expect(await shim('command', { command: 'echo "$A"; echo é >&2', env_vars: { A: "it's" } })).toEqual({
      state: 'finished',
      result: { stdout: "it's\n", stderr: 'é\n', merged_output: "it's\né\n", exit_code: 0 },
    });
    expect(await shim('command', { command: 'echo before; exit 3' })).toMatchObject({
      state: 'failed',
      result: { stdout: 'before\n', exit_code: 3, _error: { msg: 'The command failed with exit code 3' } },
    });
  });

  it('a script runs with its arguments', async () => {
    const content = sent('#!/bin/sh\nprintf "<%s>" "${0##*/}" "$@"\nexit 255\n');
    expect(await shim('script', { content, arguments: ['a b', '"\n\\', ''], name: 'x.sh' })).toMatchObject({
      state: 'failed',
      result: {
        stdout: '<x.sh><a b><"\n\\><>',
        exit_code: 255,
        _error: { msg: 'The script failed with exit code 255' },
      },
    });
  });

  it('a file is uploaded and downloaded again, also one that is larger than any message', async () => {
    const bytes = Buffer.alloc(1_500_000, 'daybook\0\r\n');
    const path = folder.path('file');
    const { result } = await shim('upload', { path, content: sent(bytes), mode: 0o100640, directory: false });
    expect(result).toEqual({ _output: `Uploaded '${path}'` });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    const { result: downloaded } = await shim('download', { path });
    expect({ ...downloaded, content: '' }).toEqual({ content: '', mode: 0o640, directory: false });
    expect(downloaded['content'] === bytes.toString('base64')).toBe(true);
  });

  it('a directory is downloaded and uploaded to another place', async () => {
    const file = folder.path('from/deep/a');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'one');
    const { result } = await shim('download', { path: folder.path('from') });
    await shim('upload', { ...result, path: folder.path('to') });
    expect(folder.read('to/deep/a')).toBe('one');
  });

  it('what cannot be written or read fails and says why', async () => {
    const path = folder.path('no/such');
    const failed = (code: string) => ({
      state: 'failed',
      result: { _error: { issue_code: code, msg: expect.stringContaining(path) as string } },
    });
    expect(await shim('upload', { path, content: '', mode: 420 })).toMatchObject(failed('WRITE_ERROR'));
    expect(await shim('download', { path })).toMatchObject(failed('READ_ERROR'));
  });
});

describe('the tasks of the shim', () => {
  it('are none that lists show', async () => {
    expect((await client.get('tasks')).text).not.toContain('bolt_shim');
  });
});
