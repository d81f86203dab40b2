import fc from 'fast-check';
import { encodeState } from '#domain';
import { History, spec } from '../domain/testing/given.js';
import { decodeSnapshot } from './decode.js';
import { CHUNK_BYTES, encodeSnapshot } from './encode.js';

const STREAM_ID = 'stream-1';

function history(description: string): History {
  const history = new History();
  history.run(['a', 'b']);
  history.when({
    type: 'schedule-job',
    spec,
    scope: { nodes: ['a'] },
    userdata: {},
    owner: 'a',
    description,
    scheduledTimeMs: history.nowMs + 1000,
    intervalS: null,
  });
  return history;
}

async function encoded({ state }: History): Promise<Buffer> {
  const position = { number: state.position, sequence: 1, hash: 'ab'.repeat(32) };
  const snapshot = await encodeSnapshot({ position, state }, STREAM_ID);
  const bytes = Buffer.concat([...snapshot.chunks()]);
  return bytes;
}

/** Cut into pieces anywhere, also within a character. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  yield bytes.subarray(0, 1024);
  for (let start = 1024; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size));
  }
}

const decoded = (bytes: Uint8Array) => decodeSnapshot(inPieces(bytes, CHUNK_BYTES), STREAM_ID);

describe('a snapshot', () => {
  it('is read from pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 300 }), async (text, size) => {
        const original = history(`${text} ${'é€𐍈'.repeat(500)}`);
        const { position, state } = await decodeSnapshot(inPieces(await encoded(original), size), STREAM_ID);
        expect(position).toEqual({ number: original.events.length, sequence: 1, hash: 'ab'.repeat(32) });
        expect([...encodeState(state)]).toEqual([...encodeState(original.state)]);
      }),
      { numRuns: 50 },
    );
  });

  it('goes out in chunks of one size, however long its lines are', async () => {
    const { state } = history('é'.repeat(400_000));
    const position = { number: state.position, sequence: 1, hash: '' };
    const snapshot = await encodeSnapshot({ position, state }, STREAM_ID);
    const sizes = Array.from(snapshot.chunks(), ({ length }) => length);
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.slice(0, -1).every((size) => size === CHUNK_BYTES)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(snapshot.bytes);
  });

  it('is refused with any byte of it changed', async () => {
    const bytes = await encoded(history('x'));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const spoilt = Buffer.from(bytes);
        spoilt[place]! ^= change;
        await expect(decoded(spoilt)).rejects.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused when its end is missing, also after a whole line', async () => {
    const bytes = await encoded(history('x'));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        await expect(decoded(bytes.subarray(0, length))).rejects.toThrow();
      }),
      { numRuns: 300 },
    );
    const lastLine = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
    await expect(decoded(bytes.subarray(0, lastLine))).rejects.toThrow(/it has \d+ lines, expected \d+/);
  });
});
