import { openOneServer } from './one-server.js';
import { harmTest, seeded } from './run.js';

const rounds = harmTest(openOneServer, { few: 3, share: 1, longestOutageMs: 10_000 });

describe(`one server with all that it starts ${seeded}`, () => {
  it('keeps its promises whatever is killed or frozen', ...rounds);
});
