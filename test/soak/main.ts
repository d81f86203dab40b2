import { Console } from 'node:console';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { findNatsServer } from '#broker';
import { createLogger } from '#platform';
import { startServer } from '../bench/server.js';
import { takeSample } from './sample.js';
import type { Sample } from './sample.js';
import { subscribe } from './subscribe.js';
import { startTraffic } from './traffic.js';

const EVERY_MS = 10_000;
const SUBSCRIBERS = 20;

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('expected a number above 0');
  return value;
}

const { minutes, out } = new Command('soak')
  .description('Asks a server of all sorts of things, all at once and for long, and notes what it takes meanwhile.')
  .option('--minutes <n>', 'how long', positive, 60)
  .option('--out <file>', 'where what is noted every ten seconds goes, as CSV', 'soak.csv')
  .parse()
  .opts<{ readonly minutes: number; readonly out: string }>();

const cache = resolve('node_modules/.cache/daybook');
mkdirSync(cache, { recursive: true });
const dataDir = mkdtempSync(join(cache, 'soak-'));
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));

await using undo = new AsyncDisposableStack();
const natsServer = await findNatsServer({
  given: process.env['DAYBOOK_NATS_SERVER'] ?? null,
  cacheDir: cache,
  logger: createLogger('soak', 'info'),
});

let calledBack = 0;
const app = createServer((request, response) => {
  calledBack++;
  request.resume().once('end', () => response.end());
});
app.listen(0, '127.0.0.1');
await once(app, 'listening');
undo.defer(() => void app.close().closeAllConnections());
const { port } = app.address() as AddressInfo;

const server = await startServer({ natsServer, undo }, dataDir, { DAYBOOK_APPS: `default=http://127.0.0.1:${port}` });
const ending = new AbortController();
process.once('SIGINT', () => ending.abort());
const traffic = startTraffic(server, ending.signal);
const subscribers = Array.from({ length: SUBSCRIBERS }, () =>
  subscribe(server, () => 5000 + Math.random() * 55_000, ending.signal),
);
const work = Promise.all([traffic.done, ...subscribers]);
work.catch(() => ending.abort());

const startedMs = performance.now();
const samples: Sample[] = [];
const columns = (sample: Sample) => Object.values(sample).map((value: number) => Math.round(value * 10) / 10);
while (!ending.signal.aborted && performance.now() - startedMs < minutes * 60_000) {
  await delay(EVERY_MS, undefined, { signal: ending.signal }).catch(() => undefined);
  if (ending.signal.aborted) break;
  const sample = await takeSample(server, (performance.now() - startedMs) / 1000);
  if (samples.length === 0) writeFileSync(out, `${Object.keys(sample).join()}\n`);
  appendFileSync(out, `${columns(sample).join()}\n`);
  samples.push(sample);
}
ending.abort();

const terminal = new Console(process.stdout);
terminal.table(
  Array.from(
    Map.groupBy(samples, ({ atS }) => Math.floor(atS / 600)),
    ([window, ofWindow]) => ({
      minutes: `${window * 10} to ${window * 10 + 10}`,
      ...Object.fromEntries(
        (Object.keys(ofWindow[0]!) as (keyof Sample)[])
          .filter((key) => key !== 'atS')
          .map((key) => [key, Math.round(median(ofWindow.map((sample) => sample[key])) * 10) / 10]),
      ),
    }),
  ),
);
const [, ...subscribed] = await work;
terminal.log({
  ...traffic.answered,
  calledBack,
  subscribed: subscribed.reduce((sum, { events }) => sum + events, 0),
  streams: subscribed.reduce((sum, { streams }) => sum + streams, 0),
});

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
