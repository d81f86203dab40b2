import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { JsonObject } from '#domain';

import { inheritedEnvironment } from '../task-input.js';

const run = promisify(execFile);

/** Facts of clouds are asked for over the network. */
const TIMEOUT_MS = 120_000;
const OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * All facts that Facter tells. Where it may not look at everything its exit status says so; the rest is true.
 * @throws Error when it prints something else
 */
export async function askFacter(facter: string, env: NodeJS.ProcessEnv): Promise<JsonObject> {
  const printed = await outputOf(facter, ['--json'], env).catch((error: { readonly stdout?: string }) => {
    if (!error.stdout?.trimEnd().endsWith('}')) throw error;
    return error.stdout;
  });
  const facts: unknown = JSON.parse(printed);
  if (typeof facts === 'object' && facts !== null && !Array.isArray(facts)) return facts as JsonObject;
  throw new Error(`${facter} --json printed no object`);
}

/** The environment that Puppet's settings name. @throws Error when it fails or prints something else */
export async function askPuppetForEnvironment(puppet: string, env: NodeJS.ProcessEnv): Promise<string> {
  const printed = (await outputOf(puppet, ['config', 'print', 'environment', '--section', 'agent'], env)).trim();
  if (/^\w{1,255}$/.test(printed)) return printed;
  throw new Error(`${puppet} config print environment printed '${printed.slice(0, 255)}', expected a name`);
}

async function outputOf(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const options = { env: inheritedEnvironment(env), cwd: '/', timeout: TIMEOUT_MS, maxBuffer: OUTPUT_BYTES };
  return (await run(program, args, options)).stdout;
}
