import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, ended, inSeconds } from './client.js';

const SECRET = 'correct-horse-battery-staple';

let folder: string;
let server: RunningServer;
let client: Client;
/** A task that tells the length of a password that it was given. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-modules-'));
  const tasks = join(folder, 'login', 'tasks');
  mkdirSync(tasks, { recursive: true });
  writeFileSync(join(tasks, 'init.sh'), '#!/bin/sh\nprintf "%s" "${#PT_password}"\n', { mode: 0o755 });
  const parameters = { user: { type: 'String' }, password: { type: 'String', sensitive: true } };
  writeFileSync(join(tasks, 'init.json'), JSON.stringify({ input_method: 'environment', parameters }));
  server = await startServer({ env: { DAYBOOK_MODULEPATH: folder } });
  client = clientOf(server);
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const login = { task: 'login', params: { user: 'ann', password: SECRET }, scope: { nodes: ['localhost'] } };

describe('a sensitive parameter', () => {
  it('reaches the task and is named, but never shown', async () => {
    const { json } = await client.post('task', login);
    const id = (json as { job: { name: string } }).job.name;
    const job = await ended(client, id);
    expect(job.json).toMatchObject({
      state: 'finished',
      options: { params: { user: 'ann' }, sensitive: ['password'] },
    });
    const nodes = await client.get(`jobs/${id}/nodes`);
    expect(nodes.json).toMatchObject({ items: [{ result: { _output: String(SECRET.length) } }] });
    await client.post('schedule_task', { ...login, scheduled_time: inSeconds(3600) });
    for (const path of ['jobs', `jobs/${id}`, `jobs/${id}/nodes`, `jobs/${id}/events`, 'scheduled_jobs']) {
      expect((await client.get(path)).text).not.toContain(SECRET);
    }
  });

  it('is refused above 64 kB, which no message to a node holds', async () => {
    const answer = await client.post('task', { ...login, params: { user: 'ann', password: 'x'.repeat(70_000) } });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      kind: 'puppetlabs.orchestrator/validation-error',
      details: { params: ['password'] },
    });
  });

  it('is not repeated where it is refused', async () => {
    const wrong = await client.post('task', { ...login, params: { user: 'ann', password: [SECRET] } });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('password');
    expect(wrong.text).not.toContain(SECRET);
  });
});
