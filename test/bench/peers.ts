import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, Load } from './bench.js';
import type { LoadEntry } from './loads.js';
import { startPostgres } from './postgres.js';
import { hasRedis, startRedis } from './redis.js';

const run = promisify(execFile);

/** A package of its own, so that who installs Daybook does not install the peers. */
const FOLDER = resolve('test/bench/peers');

interface Peer {
  readonly name: string;
  readonly start: (bench: Bench) => Promise<string>;
  /** Why it cannot run on this machine; null: it can. */
  readonly missing: () => string | null;
  readonly unlike: string;
}

const PEERS: readonly Peer[] = [
  {
    name: 'bullmq',
    start: startRedis,
    missing: () => (hasRedis() ? null : 'redis-server is not on the PATH'),
    unlike: 'lateness in the handler; Redis may lose the last second',
  },
  {
    name: 'graphile_worker',
    start: startPostgres,
    missing: () => null,
    unlike: 'lateness in the handler; polls every 100 ms, takes 500 at once, completes in batches',
  },
  {
    name: 'pg_boss',
    start: startPostgres,
    missing: () => null,
    unlike: 'lateness in the handler; 4 workers take 2,500 at once, every 500 ms',
  },
];

/** The loads that peers share, by name: their figure, and how the peer runs them. */
const SHARED = {
  spread: { key: 'spread_p99_ms', load: 'spread', count: 10_000, runs: 'once' },
  burst10k: { key: 'burst10k_p99_ms', load: 'burst', count: 10_000, runs: 'repeated' },
  burst50k: { key: 'burst50k_p99_ms', load: 'burst', count: 50_000, runs: 'once' },
  schedule: { key: 'schedule_per_s', load: 'schedule', count: 50_000, runs: 'repeated' },
} as const;

type SharedLoad = (typeof SHARED)[keyof typeof SHARED];

/** The peers under those of the named loads that they share, repeated like Daybook's own. */
export function peerLoads(names: readonly string[]): LoadEntry[] {
  const shared = Object.entries(SHARED).flatMap(([name, load]) => (names.includes(name) ? [load] : []));
  return PEERS.flatMap((peer) =>
    shared.map((load): LoadEntry => {
      const key = `peers.${peer.name}.${load.key}`;
      const { missing, unlike } = peer;
      const { runs } = load;
      return { name: key, load: measure(peer, load, key), runs, figures: { [key]: null }, missing, unlike };
    }),
  );
}

const measure =
  (peer: Peer, { load, count }: SharedLoad, key: string): Load =>
  async (bench) => {
    await bench.shared('packages of the peers', installPeers);
    const url = await peer.start(bench);
    const args = [join(FOLDER, 'run.js'), peer.name, load, String(bench.count(count)), String(bench.repeats), url];
    const gone = new AbortController();
    bench.undo.defer(() => gone.abort());
    const { stdout } = await run(process.execPath, args, { signal: gone.signal });
    return (JSON.parse(stdout) as readonly number[]).map((figure) => ({ [key]: figure }));
  };

async function installPeers(): Promise<void> {
  if (!existsSync(join(FOLDER, 'node_modules'))) await run('npm', ['ci'], { cwd: FOLDER });
}
