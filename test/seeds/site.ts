import { mkdir } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { accessOf, as, PASSWORD } from '../api/access.js';
import type { Client } from '../api/client.js';
import { startApp } from '../callbacks/app.js';
import type { TestApp } from '../callbacks/app.js';
import { startAgent } from '../setup/agent.js';
import { newFolder } from '../setup/folder.js';
import type { Folder } from '../setup/folder.js';
import { writeModules } from '../setup/modules.js';
import { puppetApply } from '../setup/puppet-apply.js';
import { puppetFolder } from '../setup/puppet.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { HOST } from './printed.js';

/** The nodes of the pages that have an agent: the first one runs plans, the second one Puppet. */
export const PLAN_NODE = 'orchestrator.example.com';
export const PUPPET_NODE = 'wss6c3w9wngpycg.example.com';

/** The server that the pages ask, and what they take as given. */
export interface Site {
  readonly server: TestServer;
  /** The administrator, who has logged in. */
  readonly admin: Client;
  /** The app `sub`. */
  readonly app: TestApp;
  /** Lets puppet runs of PUPPET_NODE with the tag `waits` end. */
  openGate(): void;
  /** A user who has logged in. */
  user(login: string, email: string, displayName: string, ...permissions: readonly string[]): Promise<Client>;
  close(): Promise<void>;
}

const TASKS = { facter_task: { script: 'echo facts', metadata: { supports_noop: true } } };

/** A plan that goes on for longer than the tests, with a secret. */
const PLANS = {
  'myplan/plans/init.yaml': `
parameters: { nodes: { type: TargetSpec }, secret: { type: 'Sensitive[String]' } }
steps:
  - eval: |
      ctrl::sleep(3600)
`,
};

/** Resources of which the tags of a deploy choose: one that works, one that fails, and one that waits for the gate. */
const manifest = (folder: Folder) => `
file { '${folder.path('motd')}': content => 'hello', tag => 'works' }
file { '${folder.path('no/such/folder')}': content => '', tag => 'breaks' }
exec { "/bin/sh -c 'until [ -e ${folder.path('gate')} ]; do sleep 0.1; done'": timeout => 0, tag => 'waits' }
`;

/** Starts a server under the name that the pages give it, two nodes and an app. */
export async function openSite(): Promise<Site> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.adopt(newFolder(), (each) => each.remove());
  const modules = opened.adopt(writeModules(TASKS, PLANS), (each) => each.remove());
  // Known to the server, and not to Puppet.
  await mkdir(folder.path('environments/staging'), { recursive: true });
  const programs = await puppetFolder();
  const puppet = {
    PATH: [programs, process.env['PATH']].join(delimiter),
    DAYBOOK_PUPPET_COMMAND: await puppetApply(programs, folder.path('puppet'), manifest(folder)),
    FACTER_aio_agent_version: '8.10.0',
  };
  const app = opened.adopt(await startApp(), (each) => each.kill());
  const env = {
    DAYBOOK_PUBLIC_URL: HOST,
    DAYBOOK_LOCAL_AGENT: 'off',
    DAYBOOK_MODULEPATH: modules.path,
    DAYBOOK_ENVIRONMENTPATH: folder.path('environments'),
    DAYBOOK_PLANS_AT_ONCE: '2',
    DAYBOOK_APPS: `sub=${app.url}`,
  };
  const server = opened.adopt(await startServer({ env }), (each) => each.stop());
  const { dataDir } = server;
  opened.adopt(await startAgent({ name: PLAN_NODE, dataDir }), (agent) => agent.end('SIGTERM'));
  opened.adopt(await startAgent({ name: PUPPET_NODE, dataDir, env: puppet }), (agent) => agent.end('SIGTERM'));
  const openGate = () => folder.write('gate');
  opened.defer(openGate);

  const access = accessOf(server);
  async function loggedIn(login: string): Promise<Client> {
    const { json } = await access.logIn(login, PASSWORD);
    return as(server, (json as { readonly token: string }).token);
  }
  const { id } = (await access.rbac('GET', 'v1/users/current')).json as { readonly id: string };
  await access.rbac('PUT', `v1/users/${id}`, { body: { password: PASSWORD } });
  const admin = await loggedIn('admin');
  const open = opened.move();
  return {
    server,
    admin,
    app,
    openGate,
    async user(login, email, displayName, ...permissions) {
      await access.userNamed(login, email, displayName, ...permissions);
      return loggedIn(login);
    },
    close: () => open.disposeAsync(),
  };
}
