#!/usr/bin/env node
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';

import { NODE_NAME, nodeToken } from '#agent-protocol';
import { describeAddress } from '#broker';
import { createLogger, lockDataDir, readAgentSettings } from '#platform';

import { startAgent } from './agent.js';
import { connectAtLast } from './connect-at-last.js';
import { findWay } from './find-way.js';
import type { Invitation } from './join-over-http.js';

interface Options {
  readonly name: string;
  readonly dataDir: string;
  readonly server?: string;
  readonly join?: string;
}

const program = new Command('daybook-agent')
  .description('Runs tasks and Puppet on this node and reports what became of them.')
  .option('--name <certname>', 'name of the node', hostname())
  .option('--data-dir <folder>', 'where the agent keeps its state', process.env['DAYBOOK_DATA_DIR'] ?? '.daybook')
  .option('--server <url>', 'the server to join')
  .option('--join <token>', 'the join token, which is used once')
  .parse();

const { name, dataDir, server, join: token } = program.opts<Options>();
const natsUrl = process.env['NATS_URL'] || null;
const logger = createLogger('agent', process.env['DAYBOOK_LOG_LEVEL'] ?? 'info');

try {
  if (!NODE_NAME.test(name)) throw new Error(`--name is '${name}', expected letters, digits, '.', '_' and '-'`);
  const { DAYBOOK_PUPPET_COMMAND: puppet } = readAgentSettings(process.env);
  const folder = join(resolve(dataDir), 'agents', nodeToken(name));
  const lock = lockDataDir(folder);
  const way = await findWay({ node: name, folder, dataDir, natsUrl, invitation: invitationOf(), logger });
  logger.info({ node: name }, `connecting to ${describeAddress(way.address)}`);
  const nats = await connectAtLast(way, `daybook-agent ${name}`, logger);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Tasks go on without us; what they report is found by the next agent of this folder.
    process.once(signal, () => {
      lock.release();
      process.exit(0);
    });
  }
  await startAgent({ node: name, folder, nats, puppet, logger });
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

function invitationOf(): Invitation | null {
  if (server === undefined && token === undefined) return null;
  if (server === undefined || token === undefined) throw new Error('--server and --join go together, expected both');
  if (natsUrl !== null) throw new Error('--join is given beside NATS_URL, expected one of them');
  if (!/^https?:$/.test(URL.parse(server)?.protocol ?? '')) {
    throw new Error(`--server is '${server}', expected an http or https URL`);
  }
  return { server, token };
}
