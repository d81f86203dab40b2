import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../api/client.js';
import { clientOf, ended, inSeconds, until } from '../api/client.js';
import { daybook } from '../cli/cli.js';
import { openLedger } from '../harm/ledger.js';
import { newDataDir, startServer } from '../setup/server.js';

const SECRET = 'correct-horse-battery-staple';

/** A task that tells the length of a password that it was given. */
function loginModule(): string {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-modules-'));
  const tasks = join(folder, 'login', 'tasks');
  mkdirSync(tasks, { recursive: true });
  writeFileSync(join(tasks, 'init.sh'), '#!/bin/sh\nprintf "%s" "${#PT_password}"\n', { mode: 0o755 });
  const parameters = { password: { type: 'String', sensitive: true } };
  writeFileSync(join(tasks, 'init.json'), JSON.stringify({ input_method: 'environment', parameters }));
  return folder;
}

async function resealed(dataDir: string): Promise<number> {
  const ledger = await openLedger(dataDir);
  const events = await ledger.events();
  await ledger.close();
  return events.filter(({ type }) => type === 'daybook.scheduled-job.resealed').length;
}

/** The output of the run of a schedule that is made due now. */
async function outputOf(client: Client, schedule: string): Promise<unknown> {
  const path = `/orchestrator/v1/scheduled_jobs/environment_jobs/${schedule}`;
  const soon = { start_time: inSeconds(0.3), interval: null };
  expect((await client.call('PUT', path, { body: { schedule: soon } })).status).toBe(200);
  const { json } = await until(
    () => client.call('GET', path),
    (answer) => (answer.json as { last_run: unknown }).last_run !== null,
  );
  const { name } = (json as { last_run: { job: { name: string } } }).last_run.job;
  await ended(client, name);
  return (await client.get(`jobs/${name}/nodes`)).json;
}

describe('a new secret key', () => {
  it('takes over what the old one sealed, which then is not needed any more', async () => {
    const folder = loginModule();
    const dataDir = newDataDir();
    const options = { dataDir, env: { DAYBOOK_MODULEPATH: folder } };
    const first = await startServer(options);
    for (let made = 0; made < 2; made++) {
      const task = { task: 'login', params: { password: SECRET }, scope: { nodes: ['localhost'] } };
      await clientOf(first).post('schedule_task', { ...task, scheduled_time: inSeconds(3600) });
    }
    await first.stop();

    expect(await daybook(['secret-key', 'renew', '--data-dir', dataDir])).toMatchObject({ status: 0 });
    const second = await startServer(options);
    while ((await resealed(dataDir)) < 2);
    const output = { items: [{ state: 'finished', result: { _output: String(SECRET.length) } }] };
    expect(await outputOf(clientOf(second), '1')).toMatchObject(output);
    await second.stop();

    const [newest] = readFileSync(join(dataDir, 'secret-key'), 'utf8').split('\n');
    writeFileSync(join(dataDir, 'secret-key'), `${newest}\n`);
    const third = await startServer(options);
    expect(await outputOf(clientOf(third), '2')).toMatchObject(output);
    expect(await resealed(dataDir)).toBe(2);
    await third.stop();
    for (const each of [folder, dataDir]) rmSync(each, { recursive: true, force: true });
  });
});
