import { harmTest, seeded } from './run.js';
import { openTwoServers, writerOf } from './two-servers.js';
import type { Parts } from './two-servers.js';

const targets = ({ nats, agents, servers }: Parts) => ({
  writer: () => Promise.resolve([writerOf(servers)]),
  'other server': () => Promise.resolve(servers.filter((server) => server !== writerOf(servers))),
  'both servers': () => Promise.resolve(servers),
  'nats-server': () => Promise.resolve(nats.servers),
  agents: () => Promise.resolve(agents),
  everything: () => Promise.resolve([...nats.servers, ...servers, ...agents]),
});

const open = () => openTwoServers('two servers', 1, targets);

const rounds = harmTest(open, { few: 3, share: 0.5, longestOutageMs: 10_000 });

describe(`two servers on one log and one database ${seeded}`, () => {
  it('keep their promises whatever is killed or frozen', ...rounds);
});
