import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientOf, echoLater } from '../api/client.js';
import { newDataDir, startServer } from '../setup/server.js';

describe('a store whose files were damaged', () => {
  let dataDir: string;
  const store = () => join(dataDir, 'nats', 'store');
  const copy = () => join(dataDir, 'copy');
  const messages = (name: string) => join(store(), 'jetstream', 'DAYBOOK', 'streams', 'DAYBOOK', 'msgs', name);

  beforeAll(async () => {
    dataDir = newDataDir();
    // An agent would tell its facts at a moment of its own.
    const server = await startServer({ dataDir, env: { DAYBOOK_LOCAL_AGENT: 'off' } });
    const client = clientOf(server);
    for (let i = 0; i < 15; i++) expect((await client.post('schedule_task', echoLater())).status).toBe(202);
    await server.stop();
    cpSync(store(), copy(), { recursive: true });
  });
  afterAll(() => rmSync(dataDir, { recursive: true }));
  beforeEach(() => {
    rmSync(store(), { recursive: true });
    cpSync(copy(), store(), { recursive: true });
  });

  function flipBitAt(part: number): void {
    const bytes = readFileSync(messages('1.blk'));
    bytes[Math.floor(bytes.length * part)]! ^= 1;
    writeFileSync(messages('1.blk'), bytes);
  }
  const cutTail = () => truncateSync(messages('1.blk'), statSync(messages('1.blk')).size - 300);
  /** Without its index, nats-server reads the messages through and drops all from the damage on. */
  const dropIndex = () => rmSync(messages('index.db'));

  const backwards = /the log went backwards: event 17 \(sequence 17\) was seen in it before, but/;

  it.each<[string, () => void, RegExp]>([
    ['a bit of a commit in the middle', () => flipBitAt(0.5), /begins with event \d+, expected \d+/],
    ['a bit of the last commit', () => flipBitAt(0.99), backwards],
    ['its last bytes', cutTail, backwards],
    ['a bit in the middle and its index', () => (flipBitAt(0.5), dropIndex()), backwards],
    ['its last bytes and its index', () => (cutTail(), dropIndex()), backwards],
  ])('is not written to, and the start says why, when it has lost %s', async (_, harm, sentence) => {
    harm();
    await expect(startServer({ dataDir })).rejects.toThrow(sentence);
  });
});
