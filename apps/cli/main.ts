#!/usr/bin/env node
import { CommanderError } from 'commander';
import { daybookProgram } from './program.js';
import { WrongUse } from './wrong-use.js';

const FAILED = 1;
const WRONG_USE = 2;

/** Whoever reads the output has read enough. */
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : FAILED));

try {
  await daybookProgram(process.env, (line) => process.stdout.write(`${line}\n`)).parseAsync();
} catch (error) {
  process.exitCode = statusOf(error);
  if (!(error instanceof CommanderError)) process.stderr.write(`${(error as Error).message}\n`);
}

/** What commander throws it has said already, help too. */
function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE;
  return error instanceof WrongUse ? WRONG_USE : FAILED;
}
