#!/usr/bin/env node
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';

import { nodeToken } from '#agent-protocol';
import { agentAddress, describeAddress, parseNatsUrl } from '#broker';
import { createLogger, lockDataDir, readAgentSettings } from '#platform';

import { startAgent } from './agent.js';
import { connectAtLast } from './connect-at-last.js';

const program = new Command('daybook-agent')
  .description('Runs tasks and Puppet on this node and reports what became of them.')
  .option('--name <certname>', 'name of the node', hostname())
  .option('--data-dir <folder>', 'where the agent keeps its state', process.env['DAYBOOK_DATA_DIR'] ?? '.daybook')
  .parse();

const { name, dataDir } = program.opts<{ name: string; dataDir: string }>();
const logger = createLogger('agent', process.env['DAYBOOK_LOG_LEVEL'] ?? 'info');

try {
  if (!/^[\w.-]{1,255}$/.test(name)) throw new Error(`--name is '${name}', expected letters, digits, '.', '_' and '-'`);
  const { DAYBOOK_PUPPET_COMMAND: puppet } = readAgentSettings(process.env);
  const folder = join(resolve(dataDir), 'agents', nodeToken(name));
  const lock = lockDataDir(folder);
  const url = process.env['NATS_URL'];
  const address = url === undefined || url === '' ? agentAddress(dataDir) : parseNatsUrl(url);
  logger.info({ node: name }, `connecting to ${describeAddress(address)}`);
  const nats = await connectAtLast(address, `daybook-agent ${name}`, logger);
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
