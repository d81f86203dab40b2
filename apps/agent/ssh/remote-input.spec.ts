import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';

import type { SshTarget, TargetSecrets } from '#agent-protocol';

import { BEGAN } from './marks.js';
import { remoteInput } from './remote-input.js';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'daybook-remote-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const TARGET: SshTarget = {
  host: 'a',
  user: 'ann',
  port: null,
  runAs: null,
  runAsCommand: null,
  connectTimeoutS: null,
  tty: false,
  tmpdir: null,
};

interface Told {
  readonly target?: Partial<SshTarget>;
  readonly secrets?: TargetSecrets;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Whether the last byte comes. */
  readonly isWhole?: boolean;
}

/** What the shell of a login makes of it, which gets here what ssh would bring it. */
function login(executable: string, { target = {}, secrets = {}, env = {}, input = '', isWhole = true }: Told) {
  const bytes = Buffer.from(executable);
  const { command, stdin } = remoteInput({
    target: { ...TARGET, ...target },
    secrets,
    executable: 'x/tasks/init.sh',
    files: [{ path: 'x/tasks/init.sh', sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }],
    folder: join(folder, "run's own"),
    input: { env, stdin: input },
  });
  // Standard input stays open, as its end is that of the connection.
  const { stdout, stderr, status } = spawnSync(
    '/bin/sh',
    ['-c', '{ cat; [ -z "$WHOLE" ] || { printf .; sleep 1; }; } | /bin/sh -c "$1"', 'sh', command],
    {
      input: Buffer.concat([Buffer.from(stdin), bytes]),
      env: { PATH: `${folder}${delimiter}${process.env['PATH']}`, WHOLE: isWhole ? 'yes' : '' },
    },
  );
  return { stdout: stdout.toString(), stderr: stderr.toString(), status, command };
}

const text = fc.string({ unit: 'binary', maxLength: 200 }).map((each) => each.toWellFormed().replaceAll('\0', ''));

describe('a node', () => {
  it('gives a task its variables and its input as they were, and shows them in no command', () => {
    fc.assert(
      fc.property(text, text, (variable, input) => {
        const told = { env: { PT_value: variable }, input };
        const { stdout, stderr, command } = login('#!/bin/sh\nprintf "%s\\0" "$PT_value"; cat\n', told);
        expect(stderr).toBe(BEGAN);
        expect(stdout).toBe(`${BEGAN}${variable}\0${input}`);
        expect(command).toMatch(/^sh -c 'eval "\$\(dd bs=1 count=\d+ 2>\/dev\/null\)"'$/);
      }),
      { numRuns: 5 },
    );
  });

  it('begins nothing that has not come whole, and leaves nothing of it', () => {
    expect(login('#!/bin/sh\necho began\n', { isWhole: false })).toMatchObject({ stdout: '', status: 1 });
    expect(readdirSync(folder)).not.toContain("run's own");
  });

  it.each([
    ['asks for a password', 'IFS= read -r line; printf "%s\\n" "$line $*" >"${0%/*}/asked"'],
    ['asks for none', 'printf "%s\\n" " $*" >"${0%/*}/asked"'],
  ])('gives sudo its password on standard input, where it %s', (_, asking) => {
    // Stands for sudo, which can be had by root alone.
    const sudo = `#!/bin/sh\n${asking}\nwhile [ "$1" != -u ]; do shift; done; shift 2; exec "$@"\n`;
    writeFileSync(join(folder, 'sudo'), sudo, { mode: 0o755 });
    const password = "sesame 'open' \\";
    const told = { target: { runAs: 'bob' }, secrets: { sudoPassword: password }, input: 'input' };
    const { stdout, command } = login('#!/bin/sh\ncat; cat "${0%/x/*}/../asked"\n', told);
    expect(stdout).toMatch(/^daybook-run: began\ninput/);
    expect(stdout).toContain(' -S -p  -H -u bob sh -c while');
    expect(stdout.includes(`input${password} `)).toBe(asking.startsWith('IFS'));
    expect(command).not.toContain('sesame');
  });
});
