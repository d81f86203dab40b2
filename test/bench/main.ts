import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { findNatsServer } from '#broker';
import { createLogger } from '#platform';
import { LOADS } from './loads.js';
import { currentCommit, describeMachine } from './machine.js';
import { peerLoads } from './peers.js';
import { figuresOf, nested, printTable } from './report.js';
import { runLoads } from './run-loads.js';

/** The bench ends by then, with what it has. */
const LIMIT_MS = 19 * 60_000;

/** The longest that a load may take, with what it repeats in the same server. */
const RUN_LIMIT_MS = 300_000;

const NAMES = [...new Set(LOADS.map(({ name }) => name))];

function names(text: string): readonly string[] {
  const given = text.split(',');
  const unknown = given.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) throw new InvalidArgumentError(`expected names of loads: ${NAMES.join(', ')}`);
  return given;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('expected a number above 0');
  return value;
}

const program = new Command('bench')
  .description('Measures Daybook as a user would run it, on this machine.')
  .option('--only <loads>', `the loads to run, separated by commas (${NAMES.join(', ')})`, names, NAMES)
  .option('--peers', 'measure other schedulers under the loads that they share as well', false)
  .option(
    '--repeats <n>',
    'runs of each load that is soon over: bursts, jobs10k and schedule; the median counts',
    positive,
    5,
  )
  .option('--out <file>', 'where the figures go, as JSON')
  // For trying out the bench itself: a share of every count and time (its figures mean nothing), and an end that is near.
  .addOption(new Option('--scale <share>').argParser(positive).default(1).hideHelp())
  .addOption(new Option('--run-limit-ms <ms>').argParser(positive).default(RUN_LIMIT_MS).hideHelp())
  .parse();

interface Options {
  readonly only: readonly string[];
  readonly peers: boolean;
  readonly repeats: number;
  readonly out?: string;
  readonly scale: number;
  readonly runLimitMs: number;
}

const options = program.opts<Options>();
const say = (line: string) => void process.stdout.write(`${line}\n`);
const cache = resolve('node_modules/.cache/daybook');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

const natsServer = await findNatsServer({
  given: process.env['DAYBOOK_NATS_SERVER'] ?? null,
  cacheDir: cache,
  logger: createLogger('bench', 'info'),
});
const outcomes = await runLoads(
  [...LOADS.filter(({ name }) => options.only.includes(name)), ...(options.peers ? peerLoads(options.only) : [])],
  {
    natsServer,
    folder,
    scale: options.scale,
    runLimitMs: options.runLimitMs,
    repeats: options.repeats,
    say,
    signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(LIMIT_MS)]),
  },
);
printTable(outcomes);
if (options.out !== undefined) {
  const report = {
    machine: describeMachine(natsServer),
    date: new Date().toISOString(),
    commit: currentCommit(),
    repeats: options.repeats,
    ...nested(figuresOf(outcomes)),
  };
  writeFileSync(options.out, `${JSON.stringify(report, null, 2)}\n`);
}
process.exit(outcomes.some((outcome) => 'failure' in outcome) ? 1 : 0);
