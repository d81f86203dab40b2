import type { JsonObject } from '#domain';
import type { Logger } from '#platform';

import { findProgram } from '../puppet/find-program.js';
import { askFacter, askPuppetForEnvironment } from './ask-puppet.js';
import { ownFacts } from './own-facts.js';
import { steadyFacts } from './steady-facts.js';
import { trimFacts } from './trim-facts.js';

export interface Collected {
  readonly environment: string;
  readonly facts: JsonObject;
}

/** Where Puppet does not say otherwise. */
const DEFAULT_ENVIRONMENT = 'production';

/** What is known of the node and does not change by itself: as Facter tells it where it is installed, else less. */
export async function collectFacts(env: NodeJS.ProcessEnv, logger: Logger): Promise<Collected> {
  const [facter, puppet] = ['facter', 'puppet'].map((name) => findProgram(name, env['PATH'] ?? ''));
  const collected = facter ? await askFacter(facter, env) : await ownFacts();
  const { facts, leftOut } = trimFacts(steadyFacts(collected));
  if (leftOut.length > 0) logger.warn({ leftOut }, 'facts were left out, as there would be too much of them');
  return { environment: puppet ? await environmentOf(puppet, env, logger) : DEFAULT_ENVIRONMENT, facts };
}

function environmentOf(puppet: string, env: NodeJS.ProcessEnv, logger: Logger): Promise<string> {
  return askPuppetForEnvironment(puppet, env).catch((error: unknown) => {
    logger.warn({ err: error }, `the environment of the node is not known; ${DEFAULT_ENVIRONMENT} is assumed`);
    return DEFAULT_ENVIRONMENT;
  });
}
