import { mkdir, readFile, writeFile } from 'node:fs/promises';

import type { DeployRunMessage } from '#agent-protocol';
import { identify } from '#platform';

import { puppetApply } from '../../../test/setup/puppet-apply.js';
import { puppetFolder } from '../../../test/setup/puppet.js';
import { until } from '../../../libs/platform/testing/until.js';
import { openSite } from '../testing/site.js';
import type { Site } from '../testing/site.js';

const NODE = 'web1.example.com';
const MINUTES = 60_000;

let programs: string;
let site: Site;

beforeAll(async () => (programs = await puppetFolder()), 5 * MINUTES);
beforeEach(async () => (site = await openSite()));
afterEach(() => site.close());

const read = (name: string) => readFile(site.path(name), 'utf8').catch(() => null);

/** An agent whose Puppet applies a manifest, and keeps to the test's own folder. */
async function agentFor(manifest: string) {
  return site.agent(NODE, { DAYBOOK_PUPPET_COMMAND: await puppetApply(programs, site.path('puppet'), manifest) });
}

async function deploy(runId: string, more: Partial<DeployRunMessage> = {}) {
  await site.dispatcher.deploy(NODE, runId, more);
  const ended = await site.dispatcher.ended(runId);
  return { kind: ended.kind, ...('result' in ended ? { result: ended.result } : { error: ended.error }) };
}

const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describe('a deploy', () => {
  it('changes the node, then finds nothing to change', async () => {
    await agentFor(`file { '${site.path('motd')}': content => 'hello' }`);
    expect(await deploy('r1')).toEqual({
      kind: 'finished',
      result: {
        hash: matching(/^[0-9a-f]{64}$/),
        noop: { noop: false, no_noop: false },
        status: 'changed',
        metrics: {
          corrective_change: 0,
          out_of_sync: 1,
          restarted: 0,
          skipped: 0,
          total: 8,
          changed: 1,
          scheduled: 0,
          failed_to_restart: 0,
          failed: 0,
        },
        environment: 'production',
        configuration_version: matching(/^\d+$/),
        transaction_uuid: matching(/^[0-9a-f-]{36}$/),
      },
    });
    expect(await read('motd')).toBe('hello');
    expect(await deploy('r2')).toMatchObject({ kind: 'finished', result: { status: 'unchanged' } });
  });

  it('with noop says what it would change and leaves it', async () => {
    await agentFor(`file { '${site.path('motd')}': content => 'hello' }`);
    expect(await deploy('r1', { noop: true })).toMatchObject({
      kind: 'finished',
      result: { noop: { noop: true, no_noop: false }, status: 'unchanged', metrics: { out_of_sync: 1, changed: 0 } },
    });
    expect(await read('motd')).toBeNull();
  });

  it('takes the environment that is enforced, and its flags', async () => {
    await mkdir(site.path('puppet/codedir/environments/staging'), { recursive: true });
    await agentFor(`file { '${site.path('motd')}': content => $environment, tag => 'wanted' }`);
    const flags = { debug: true, trace: true, evaltrace: true, http_read_timeout: 5 };
    const run = { environment: 'staging', enforceEnvironment: true };
    expect(await deploy('r1', { ...run, flags: { ...flags, skip_tags: 'wanted' } })).toMatchObject({
      kind: 'finished',
      result: { status: 'unchanged', environment: 'staging' },
    });
    expect(await deploy('r2', { ...run, flags: { ...flags, tags: 'wanted,other' } })).toMatchObject({
      kind: 'finished',
      result: { status: 'changed' },
    });
    expect(await read('motd')).toBe('staging');
  });

  it('fails with the resource that fails', async () => {
    await agentFor(`file { '${site.path('no/such/folder')}': content => '' }`);
    expect(await deploy('r1')).toMatchObject({
      kind: 'failed',
      result: { status: 'failed', metrics: { failed: 1, total: 8 } },
    });
  });

  it('whose manifest cannot be compiled is errored with what Puppet printed', async () => {
    await agentFor('no_such_function()');
    expect(await deploy('r1')).toMatchObject({
      kind: 'errored',
      error: { msg: matching(/ended with exit code 1 and no report; it printed:\n.*no_such_function/s) },
    });
  });

  it('is errored where Puppet is not installed', async () => {
    site.agent(NODE, { DAYBOOK_PUPPET_COMMAND: `${site.path('nowhere')}/puppet agent` });
    expect(await deploy('r1')).toMatchObject({
      kind: 'errored',
      error: {
        kind: 'puppetlabs.orchestrator/execution-failure',
        msg: `Puppet is not installed on this node: looked for '${site.path('nowhere')}/puppet'`,
      },
    });
  });

  it('that does not come to run Puppet is errored with what it printed', async () => {
    await writeFile(
      site.path('busy'),
      '#!/bin/sh\necho "Run of Puppet already in progress; skipping attempt $DAYBOOK_ATTEMPT"\nexit 1\n',
      {
        mode: 0o755,
      },
    );
    site.agent(NODE, { DAYBOOK_PUPPET_COMMAND: site.path('busy') });
    expect(await deploy('r1')).toMatchObject({
      kind: 'errored',
      error: {
        msg: 'Puppet did not run: it ended with exit code 1 and no report; it printed:\nRun of Puppet already in progress; skipping attempt 1',
      },
    });
  });

  it('that is stopped while it runs ends as stopped, with all that it had begun', async () => {
    await agentFor(`exec { '/bin/sh -c "echo $$ >${site.path('pid')}; exec sleep 600"': timeout => 0 }`);
    await site.dispatcher.deploy(NODE, 'r1');
    await until(async () => (await read('pid'))?.endsWith('\n') ?? false);
    await site.dispatcher.stop(NODE, 'r1');
    expect(await site.dispatcher.ended('r1')).toMatchObject({
      kind: 'failed',
      result: { _error: { kind: 'daybook/stopped' } },
    });
    const pid = Number(await read('pid'));
    expect(identify(pid)).toBeNull();
  });

  it('that takes too long is ended', async () => {
    await agentFor(`exec { '/bin/sleep 600': timeout => 0 }`);
    expect(await deploy('r1', { timeoutS: 3 })).toMatchObject({
      kind: 'failed',
      result: { _error: { kind: 'daybook/timeout', details: { timeout: 3 } } },
    });
  });

  it('outlives its agent, and the next one reports its end', async () => {
    const gate = site.path('gate');
    const agent = await agentFor(
      `exec { '/bin/sh -c "touch ${site.path('began')}; while [ ! -e ${gate} ]; do sleep 0.1; done"': }`,
    );
    await site.dispatcher.deploy(NODE, 'r1');
    await until(async () => (await read('began')) !== null);
    await agent.end('SIGKILL');
    site.agent(NODE);
    await writeFile(gate, '');
    expect(await site.dispatcher.ended('r1')).toMatchObject({
      kind: 'finished',
      attempt: 1,
      result: { status: 'changed', metrics: { changed: 1 } },
    });
  });
});
