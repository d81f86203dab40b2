import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { openLedgerFile, receiveLedger } from '#ledger';
import { ledgerOf } from '../../libs/ledger/testing/ledgers.js';
import { accessOf } from '../api/access.js';
import { clientOf, echo, echoLater, ended, until } from '../api/client.js';
import { cliOf, daybook, MAIN } from '../cli/cli.js';
import type { CliOutcome } from '../cli/cli.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { openCutProxy } from './cut-proxy.js';
import { commitLines, LISTS } from './ledgers.js';

const env = {
  DAYBOOK_SECRET_KEY: createHash('sha256').update('a key of this test').digest('base64'),
  DAYBOOK_PUBLIC_URL: 'http://127.0.0.1:8143',
};
const SCHEDULES = 200;

let folder: string;
let server: TestServer;
let cli: ReturnType<typeof cliOf>;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-export-'));
  server = await startServer({ env });
  cli = cliOf(server);
  const client = clientOf(server);
  await client.post('task', echo({ params: { message: 'a long message '.repeat(6000) } }));
  await client.post('plan_run', { plan_name: 'facts::info', params: { targets: 'localhost' } });
  await ended(client, '1');
  await until(
    () => client.get('plan_jobs/1'),
    ({ json }) => (json as { state: string }).state !== 'running',
  );
  await accessOf(server).userWith('orchestrator:view:*');
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function succeeded(outcome: Promise<CliOutcome>): Promise<string> {
  const { status, stdout, stderr } = await outcome;
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

const heldBy = (json: string) => JSON.parse(json) as { readonly number: number; readonly values: number };

/** The lists whose answers of two servers differ, or are none. */
async function differing(one: TestServer, another: TestServer): Promise<string[]> {
  const ask = async (server: TestServer, path: string) => clientOf(server).call('GET', path);
  const isSame = async (path: string) => {
    const [before, after] = await Promise.all([ask(one, path), ask(another, path)]);
    return before.status === 200 && after.status === 200 && before.text === after.text;
  };
  const same = await Promise.all(LISTS.map(isSame));
  return LISTS.filter((_, index) => !same[index]);
}

describe('an export', () => {
  it('is made while the server works, holds, and goes on from what is whole of an earlier one', async () => {
    const client = clientOf(server);
    const scheduling = Array.from({ length: SCHEDULES }, () => client.post('schedule_task', echoLater()));
    const first = heldBy(await succeeded(cli(`events export ${at('busy.gz')} --json`)));
    await Promise.all(scheduling);
    expect(await succeeded(cli(`audit verify ${at('busy.gz')}`))).toContain(`all holds: log `);
    expect(statSync(at('busy.gz')).mode & 0o777).toBe(0o600);
    expect(existsSync(at('busy.gz.part'))).toBe(false);

    const whole = heldBy(await succeeded(cli(`events export ${at('whole.gz')} --json`)));
    expect(whole.number).toBeGreaterThanOrEqual(Math.max(first.number, SCHEDULES));
    expect(whole.values).toBeGreaterThan(0);

    // The last bytes of a file that was broken off are torn.
    writeFileSync(at('again.gz.part'), readFileSync(at('busy.gz')).subarray(0, -10));
    const again = heldBy(await succeeded(cli(`events export ${at('again.gz')} --json`)));
    expect(again).toMatchObject({ values: whole.values });
    expect(commitLines(at('again.gz')).slice(0, commitLines(at('whole.gz')).length)).toEqual(
      commitLines(at('whole.gz')),
    );
  });

  it('that is broken off leaves what is whole, and goes on from there', async () => {
    const proxy = await openCutProxy(server.url, 150_000);
    const { status, stderr } = await cli(`events export ${at('cut.gz')} --url ${proxy.url}`);
    await proxy.close();
    expect([status, stderr]).toEqual([1, expect.stringMatching(/broken off.*part is whole up to event [1-9]\d*, /)]);
    expect(existsSync(at('cut.gz'))).toBe(false);
    await succeeded(cli(`events export ${at('cut.gz')}`));
    await succeeded(cli(`events export ${at('uncut.gz')}`));
    expect(commitLines(at('uncut.gz')).slice(0, commitLines(at('cut.gz')).length)).toEqual(commitLines(at('cut.gz')));
    await succeeded(cli(`audit verify ${at('cut.gz')}`));
  });

  it('that went on from what the log never held says what to remove', async () => {
    const { stream } = JSON.parse(await succeeded(cli(`events export ${at('asked.gz')} --json`))) as { stream: string };
    const file = await openLedgerFile(at('other.gz'));
    await receiveLedger(Readable.from(ledgerOf([{ id: 'a', data: [1, 2], values: [] }], stream)), file);
    await file.close();
    const { status, stderr } = await cli(`events export ${at('other.gz')}`);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^event 3, commit [^]*; remove \S+other\.gz\.part where it is of another log, or of this one/,
      ),
    ]);
    rmSync(at('other.gz.part'));
    await succeeded(cli(`events export ${at('other.gz')}`));
  });

  it('that finds no room says how to go on', async () => {
    // A file may have 16 blocks, of 512 bytes or of 1024.
    const limited = spawn(
      'sh',
      ['-c', 'ulimit -f 16; exec "$0" "$@"', process.execPath, MAIN, 'events', 'export', at('full.gz')],
      { env: { ...process.env, DAYBOOK_URL: server.url, DAYBOOK_TOKEN: server.token } },
    );
    expect(await text(limited.stderr)).toMatch(
      /EFBIG[^]*; \S+full\.gz\.part is kept as far as it is whole, the same command goes on/,
    );
    await succeeded(cli(`events export ${at('full.gz')}`));
    await succeeded(cli(`audit verify ${at('full.gz')}`));
  });

  it('that finds no server says how to go on', async () => {
    const away = await cli(`events export ${at('away.gz')}`, '', { DAYBOOK_URL: 'http://127.0.0.1:1' });
    expect([away.status, away.stderr]).toEqual([
      1,
      expect.stringMatching(
        /cannot be reached[^]*; \S+away\.gz\.part is whole up to event 0, the same command goes on/,
      ),
    ]);
    expect(existsSync(at('away.gz'))).toBe(false);
  });

  it('is for administrators', async () => {
    const { token } = await accessOf(server).userWith('orchestrator:view:*');
    const { status, stderr } = await cli(`events export ${at('mine.gz')} --token ${token}`);
    expect([status, stderr]).toEqual([1, expect.stringContaining('This needs the permission *:*:*')]);
    expect((await clientOf(server).call('GET', '/log/export', { token: null })).status).toBe(401);
    expect((await clientOf(server).call('GET', '/log/export?after=x')).status).toBe(400);
  });

  it('into a folder that is not there is refused', async () => {
    const { status, stderr } = await cli(`events export ${at('nosuch/x.gz')}`);
    expect([status, stderr]).toEqual([1, expect.stringContaining('no such file or directory')]);
  });
});

describe('daybook audit verify', () => {
  it('walks the log of the server', async () => {
    expect(await succeeded(cli('audit verify'))).toContain('all holds');
    expect(JSON.parse(await succeeded(cli('audit verify --json')))).toMatchObject({ ok: true });
  });

  it('names the place where a bit of a file is another', async () => {
    await succeeded(cli(`events export ${at('fine.gz')}`));
    const bytes = readFileSync(at('fine.gz'));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(at('changed.gz'), bytes);
    const { status, stderr } = await daybook(['audit', 'verify', at('changed.gz')]);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^broken at event \d+.*expected/)]);
    const json = await daybook(['audit', 'verify', at('changed.gz'), '--json']);
    expect([json.status, JSON.parse(json.stdout)]).toEqual([
      1,
      {
        ok: false,
        event: expect.any(Number) as number,
        commit: null,
        problem: expect.stringContaining('expected') as string,
      },
    ]);
  });

  it.each(['audit verify nosuch.gz', 'audit verify libs', 'audit verify a b', 'audit verify --nosuch', 'audit nosuch'])(
    'exits 2 for wrong use: %s',
    async (args) => {
      const { status, stderr } = await daybook(args.split(' '));
      expect([status, stderr]).toEqual([2, expect.stringMatching(/\S/)]);
    },
  );

  it('exits 2 when the server cannot be reached', async () => {
    const { status, stderr } = await cli('audit verify --url http://127.0.0.1:1');
    expect([status, stderr]).toEqual([2, expect.stringContaining('http://127.0.0.1:1 cannot be reached')]);
  });
});

describe('an import', () => {
  it('gives a server with the same rows, numbers and commits', async () => {
    await succeeded(cli(`events export ${at('backup.gz')}`));
    const dataDir = at('restored');
    const said = await succeeded(daybook(['events', 'import', at('backup.gz')], { DAYBOOK_DATA_DIR: dataDir }));
    expect(said).toContain('The secret key is in no export');

    const restored = await startServer({ dataDir, env: { ...env, DAYBOOK_LOCAL_AGENT: 'off' } });
    try {
      expect(await differing(server, restored)).toEqual([]);
      await succeeded(cliOf(restored)(`events export ${at('restored.gz')}`));
      const commits = commitLines(at('backup.gz'));
      expect(commitLines(at('restored.gz')).slice(0, commits.length)).toEqual(commits);
      expect((await clientOf(restored).post('schedule_task', echoLater())).status).toBe(202);

      const held = await daybook(['events', 'import', at('backup.gz')], { DAYBOOK_DATA_DIR: dataDir });
      expect([held.status, held.stderr]).toEqual([1, expect.stringContaining('is held by process')]);
    } finally {
      await restored.stop();
    }
    const more = await daybook(['events', 'import', at('backup.gz'), '--data-dir', dataDir]);
    expect([more.status, more.stderr]).toEqual([1, expect.stringContaining('not the beginning of this export')]);
  });

  it('of half a file holds servers off until the rest has come', async () => {
    await succeeded(cli(`events export ${at('full.gz')}`));
    writeFileSync(at('half.gz'), readFileSync(at('full.gz')).subarray(0, -20));
    const dataDir = at('half');
    const half = await daybook(['events', 'import', at('half.gz'), '--data-dir', dataDir]);
    expect([half.status, half.stderr]).toEqual([
      1,
      expect.stringMatching(/^event \d+: .* is cut to \d+ bytes, expected/),
    ]);
    await expect(startServer({ dataDir, env })).rejects.toThrow('is not finished, expected the same');
    await succeeded(daybook(['events', 'import', at('full.gz'), '--data-dir', dataDir]));
    await (await startServer({ dataDir, env: { ...env, DAYBOOK_LOCAL_AGENT: 'off' } })).stop();
  });

  it('of what is no export makes nothing', async () => {
    writeFileSync(at('letter'), 'a letter');
    const { status, stderr } = await daybook(['events', 'import', at('letter'), '--data-dir', at('nothing')]);
    expect([status, stderr]).toEqual([1, expect.stringContaining('does not begin as an export does')]);
    expect(existsSync(at('nothing'))).toBe(false);
  });
});
