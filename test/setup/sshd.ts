import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findOpenSsh } from './openssh.js';
import { choosePort } from './port.js';

/** A real sshd on loopback. */
export interface Sshd {
  readonly port: number;
  /** Who may log in with `privateKey`. */
  readonly user: string;
  readonly privateKey: string;
  /** Another key, with which nobody may log in. */
  readonly strangeKey: string;
  /** Who may log in with a password; null: only root can give one. */
  readonly passwordLogin: { readonly user: string; readonly password: string } | null;
  /** Whether it can give terminals: as another than root only where the system gives them to the group tty itself. */
  readonly hasTerminals: boolean;
  /** The temporary folder of those who log in. */
  readonly tmp: string;
  /** Ends it and starts it again with another host key. */
  changeHostKey(): Promise<void>;
  stop(): Promise<void>;
}

const PASSWORD = 'sesame "open" \\ $HOME \'now\' é';

export async function startSshd(): Promise<Sshd> {
  const openssh = await findOpenSsh();
  const folder = mkdtempSync(join(tmpdir(), 'daybook-sshd-'));
  chmodSync(folder, 0o755);
  const path = (name: string) => join(folder, name);
  const makeKey = (name: string) => {
    rmSync(path(name), { force: true });
    // Jest gives tests an environment of their own, which children get only when they are given it.
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path(name)], { env: process.env });
    return readFileSync(path(name), 'utf8');
  };
  makeKey('host');
  const privateKey = makeKey('user');
  const strangeKey = makeKey('stranger');
  mkdirSync(path('tmp'));
  chmodSync(path('tmp'), 0o1777);
  const isRoot = process.getuid!() === 0;
  if (isRoot) writeUsers(folder);
  const port = await choosePort();
  const settings = {
    ListenAddress: `127.0.0.1:${port}`,
    HostKey: path('host'),
    AuthorizedKeysFile: path('user.pub'),
    PidFile: 'none',
    UsePAM: 'no',
    StrictModes: 'no',
    PermitRootLogin: 'yes',
    KbdInteractiveAuthentication: 'no',
    MaxStartups: '100',
    ...openssh.settings,
  };
  writeFileSync(
    path('config'),
    Object.entries(settings)
      .map((each) => `${each.join(' ')}\n`)
      .join(''),
  );

  async function start() {
    const [program, ...args] = [...(isRoot ? ownUsers(folder) : []), openssh.sshd, '-D', '-e', '-f', path('config')];
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LD_LIBRARY_PATH: openssh.libraries.join(':') },
    });
    const lines: string[] = [];
    const listening = Promise.withResolvers<void>();
    createInterface(child.stderr).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('Server listening')) listening.resolve();
    });
    const exited = once(child, 'exit');
    void exited.then(() => listening.reject(new Error(`sshd left before it listened:\n${lines.join('\n')}`)));
    await listening.promise;
    return async () => {
      child.kill('SIGTERM');
      await exited;
    };
  }

  let end = await start();
  return {
    port,
    user: userInfo().username,
    privateKey,
    strangeKey,
    passwordLogin: isRoot ? { user: 'daybook-test', password: PASSWORD } : null,
    hasTerminals: isRoot || /devpts .*\bgid=/.test(readFileSync('/proc/mounts', 'utf8')),
    tmp: path('tmp'),
    async changeHostKey() {
      await end();
      makeKey('host');
      end = await start();
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As root sshd needs a user of its own; it finds that, and one with a password, in a place that only it sees. */
function writeUsers(folder: string): void {
  const crypted = ['-e', 'print crypt(<STDIN>, q($6$daybook$))'];
  const hash = execFileSync('perl', crypted, { input: PASSWORD }).toString();
  const users = [
    'root:x:0:0:root:/root:/bin/sh',
    'nobody:x:65534:65534::/nonexistent:/bin/sh',
    'sshd:x:61000:65534::/run/sshd:/usr/sbin/nologin',
    `daybook-test:x:61001:65534::${folder}:/bin/sh`,
  ];
  writeFileSync(join(folder, 'passwd'), users.map((line) => `${line}\n`).join(''));
  const secrets = ['root:*', 'nobody:*', 'sshd:*', `daybook-test:${hash}`];
  writeFileSync(join(folder, 'shadow'), secrets.map((line) => `${line}:19000:0:99999:7:::\n`).join(''), {
    mode: 0o600,
  });
}

const ownUsers = (folder: string) => [
  'unshare',
  '--mount',
  'sh',
  '-c',
  `mount --bind "$0/passwd" /etc/passwd && mount --bind "$0/shadow" /etc/shadow &&
   mount -t tmpfs tmpfs /run && mkdir -m 755 /run/sshd && exec "$@"`,
  folder,
];
