import fc from 'fast-check';
import { messagesIn } from './server-sent-events.js';

/** The bytes of a text, cut at these places. */
async function* piecesOf(text: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  for (const [i, end] of places.slice(1).entries()) yield await Promise.resolve(bytes.subarray(places[i], end));
}

describe('the messages of a stream', () => {
  it('are the same however it is cut, without comments', async () => {
    const data = fc.jsonValue().map((value) => JSON.stringify(value));
    const messages = fc.array(fc.record({ id: fc.nat().map(String), type: fc.constantFrom('a.b', 'c-d'), data }));
    await fc.assert(
      fc.asyncProperty(messages, fc.array(fc.nat()), async (sent, cuts) => {
        const text = sent.map(({ id, type, data }) => `:\n\nid: ${id}\nevent: ${type}\ndata: ${data}\n\n`).join('');
        expect(await Array.fromAsync(messagesIn(piecesOf(text, cuts)))).toEqual(sent);
      }),
    );
  });

  it('do not begin before they are whole', async () => {
    const text = 'event: daybook.stream.ended\ndata: {"reason":"stopping"}\n\nid: 2\ndata: {}\n';
    expect(await Array.fromAsync(messagesIn(piecesOf(text, [])))).toEqual([
      { id: null, type: 'daybook.stream.ended', data: '{"reason":"stopping"}' },
    ]);
  });
});
