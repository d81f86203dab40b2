import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { KeptCheckpoint } from '#ledger';
import { chainHash } from '#event-log';
import { clientOf, echo, until } from '../api/client.js';
import { accessOf } from '../api/access.js';
import { cliOf } from '../cli/cli.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';

/** Each is an event of its own when the job is stopped. */
const NODES = 10_500;

let folder: string;
let server: TestServer;
let cli: ReturnType<typeof cliOf>;
let kept: KeptCheckpoint & { readonly event: number };
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-checkpoints-'));
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  cli = cliOf(server);
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a checkpoint', () => {
  it('is there once ten thousand events have come, and for administrators', async () => {
    const client = clientOf(server);
    const none = await cli('audit checkpoint');
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('The log has no signed checkpoint yet')]);
    const nodes = Array.from({ length: NODES }, (_, index) => `n${index}`);
    await client.post('task', echo({ scope: { nodes } }));
    await client.post('stop', { job: '1', force: true });
    const { json } = await until(
      () => client.call('GET', '/log/checkpoint'),
      ({ status }) => status === 200,
    );
    kept = json as typeof kept;
    const { token } = await accessOf(server).userWith('orchestrator:view:*');
    expect((await client.call('GET', '/log/checkpoint', { token })).status).toBe(403);
  });

  it('has a signature over the text that is documented', () => {
    const { stream, number, hash, publicKey, signature } = kept;
    const key = createPublicKey(`-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----\n`);
    const text = Buffer.from(`daybook checkpoint 1\n${stream}\n${number}\n${hash}\n`);
    expect(verify(null, text, key, Buffer.from(signature, 'base64'))).toBe(true);
  });

  it('is shown by daybook audit checkpoint, and holds the log of the server and an export', async () => {
    expect((await cli('audit checkpoint')).stdout).toContain(`up to      event ${kept.number}, hash ${kept.hash}\n`);
    const { stdout } = await cli('audit checkpoint --json');
    expect(JSON.parse(stdout)).toEqual(kept);
    writeFileSync(at('kept.json'), stdout);
    expect((await cli(`events export ${at('log.gz')}`)).status).toBe(0);
    const pinned = `--checkpoint ${at('kept.json')} --key ${kept.publicKey} --json`;
    for (const verified of [await cli(`audit verify ${pinned}`), await cli(`audit verify ${pinned} ${at('log.gz')}`)]) {
      expect([verified.status, verified.stderr]).toEqual([0, '']);
      const vouchedFor = { number: kept.number, keys: { [kept.publicKey]: 1 } };
      expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, vouchedFor });
    }
  });

  it('shows where an export was written anew, chain and all', async () => {
    const lines = gunzipSync(readFileSync(at('log.gz')))
      .toString()
      .split('\n')
      .slice(0, -1);
    writeFileSync(at('forged.gz'), gzipSync(`${chainedAnew(lines).join('\n')}\n`));
    const { status, stderr } = await cli(`audit verify ${at('forged.gz')}`);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^broken at event 1, commit \S+: event \d+: .*written anew\n$/),
    ]);
  });

  it.each([
    ['--checkpoint package.json', 2, 'package.json holds no checkpoint, expected what daybook audit checkpoint --json'],
    ['--checkpoint nosuch.json', 2, 'no such file'],
    ['--key another', 1, 'expected another'],
  ])('does not hold with %s', async (options, status, problem) => {
    const verified = await cli(`audit verify ${at('log.gz')} ${options}`);
    expect([verified.status, verified.stderr]).toEqual([status, expect.stringContaining(problem)]);
  });
});

/** As somebody does it who can compute every hash, but has no key: another program opened the first reign. */
function chainedAnew(lines: readonly string[]): string[] {
  let hash = '0'.repeat(64);
  return lines.map((line) => {
    if (line.startsWith('{"end"')) {
      const { end } = JSON.parse(line) as { end: object };
      return JSON.stringify({ end: { ...end, hash } });
    }
    if (!line.startsWith('{"commit"')) return line;
    const start = line.indexOf(',"events":');
    const head = JSON.parse(`${line.slice(0, start)}}`) as { commit: string; first: number; last: number };
    const payload = line.slice(start + ',"events":'.length, -1).replace(/"program":"[^"]*"/, '"program":"another"');
    const previous = hash;
    const { commit, first, last } = head;
    hash = chainHash(previous, { partition: 0, firstNumber: first, id: commit, payload: Buffer.from(payload) });
    return `${JSON.stringify({ commit, first, last, previous, hash }).slice(0, -1)},"events":${payload}}`;
  });
}
