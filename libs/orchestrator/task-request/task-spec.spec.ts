import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealedName } from '#domain';
import { createSealer } from '#sealing';
import { openCatalogue } from '#tasks';
import { taskSpecOf } from './task-spec.js';

describe('what a request asks to run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-tasks-'));
  const tasks = join(folder, 'login', 'tasks');
  mkdirSync(tasks, { recursive: true });
  writeFileSync(join(tasks, 'init.sh'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(
    join(tasks, 'init.json'),
    JSON.stringify({
      parameters: {
        user: { type: 'String' },
        password: { type: 'Optional[String]', sensitive: true },
      },
    }),
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  const sealer = createSealer([randomBytes(32)]);
  const ports = {
    catalogue: openCatalogue({ modulePath: [folder], environmentPath: null }),
    sealer,
    // Small parameters stay in the event.
    largeValues: null as never,
  };
  const specOf = (over: object) =>
    taskSpecOf({ task: 'login', params: { user: 'ann' }, scope: { nodes: ['a'] }, ...over }, 'c-1', ports);

  it('has the defaults of a request and no other', async () => {
    expect(await specOf({})).toEqual({
      command: 'task',
      task: 'login',
      environment: 'production',
      noop: false,
      params: { value: { user: 'ann' } },
      sealed: null,
      timeoutS: null,
      concurrency: null,
    });
  });

  it('has sensitive parameters sealed for this command and nowhere in the clear', async () => {
    const spec = await specOf({ params: { user: 'ann', password: 'hunter2' } });
    expect(spec.params).toEqual({ value: { user: 'ann' } });
    expect(JSON.stringify(spec)).not.toContain('hunter2');
    expect(sealer.open('c-1', 'password', spec.sealed!.values['password']!)).toBe('hunter2');
    expect(spec.sealed!.commandId).toBe('c-1');
  });

  it('has the secrets of targets sealed for this command and this target, and nothing that was not asked for', async () => {
    const target = { hostnames: ['a'], user: 'ann', transport: 'ssh', tty: false };
    const { targets, sealed } = await specOf({
      params: { user: 'ann', password: 'hunter1' },
      targets: [
        { ...target, 'private-key-content': 'hunter2', 'sudo-password': 'hunter3', 'connect-timeout': 5 },
        { ...target, hostnames: ['b'], password: 'hunter4' },
      ],
    });
    expect(targets).toEqual([
      { hostnames: ['a'], user: 'ann', transport: 'ssh', connectTimeoutS: 5 },
      { hostnames: ['b'], user: 'ann', transport: 'ssh' },
    ]);
    expect(JSON.stringify([targets, sealed])).not.toContain('hunter');
    const opened = Object.entries(sealed!.values).map(([name, value]) => [name, sealer.open('c-1', name, value)]);
    expect(Object.fromEntries(opened)).toEqual({
      password: 'hunter1',
      [sealedName(0, 'private-key-content')]: 'hunter2',
      [sealedName(0, 'sudo-password')]: 'hunter3',
      [sealedName(1, 'password')]: 'hunter4',
    });
  });

  it.each([
    [{ task: 'nosuch' }, 'unknown-task'],
    [{ environment: 'nosuch' }, 'unknown-environment'],
    [{ params: {} }, 'validation-error'],
    [{ params: { user: 7 } }, 'validation-error'],
    [{ params: { user: 'ann', color: 'red' } }, 'validation-error'],
    [{ noop: true }, 'validation-error'],
  ])('is refused for %j', async (over, reason) => {
    await expect(specOf(over)).rejects.toMatchObject({ reason });
  });

  it('may have sensitive parameters of 64 kB in JSON together and no more', async () => {
    const longest = `x${'é'.repeat((65_536 - '{"password":"x"}'.length) / 2)}`;
    const withPassword = (password: string) => specOf({ params: { user: 'ann', password } });
    expect((await withPassword(longest)).sealed).not.toBeNull();
    await expect(withPassword(`${longest}x`)).rejects.toMatchObject({
      reason: 'validation-error',
      message: expect.stringMatching(/password have 65537 bytes/) as string,
    });
  });

  it('does not repeat a sensitive value in a refusal', async () => {
    await expect(specOf({ params: { user: 'ann', password: 12345 } })).rejects.toThrow(/^(?!.*12345).*password/);
  });
});
