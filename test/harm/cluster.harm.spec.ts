import { harmTest, seeded } from './run.js';
import { openTwoServers, writerOf } from './two-servers.js';
import type { Parts } from './two-servers.js';

const targets = ({ nats, agents, servers }: Parts) => ({
  'leader of the log': async () => [await nats.leaderOf('DAYBOOK')],
  writer: () => Promise.resolve([writerOf(servers)]),
  'leader of the log and writer': async () => [await nats.leaderOf('DAYBOOK'), writerOf(servers)],
  everything: () => Promise.resolve([...nats.servers, ...servers, ...agents]),
});

/** Servers of NATS that all begin at once elect leaders before anything else, each time within 9 s. */
const longestOutageMs = 10_000 + 9_000;

const open = () => openTwoServers('two servers on a cluster of three nats-servers', 3, targets);

describe(`two servers on a cluster of three nats-servers ${seeded}`, () => {
  it('keep their promises whatever is killed or frozen', ...harmTest(open, { few: 1, share: 0.3, longestOutageMs }));
});
