import { Readable } from 'node:stream';
import { Logger, StreamableFile } from '@nestjs/common';

type Chunk = string | Uint8Array;

/** The first batch, awaited, and then the rest: what fails before the first one still becomes an error answer. */
export async function startedBatches<T>(batches: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = batches[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<T>> | null = Promise.resolve(await iterator.next());
  return {
    [Symbol.asyncIterator]: () => ({
      next() {
        const next = first ?? iterator.next();
        first = null;
        return next;
      },
      return: async () => (await iterator.return?.()) ?? { done: true as const, value: undefined },
    }),
  };
}

async function* itemsJson<T>(
  batches: AsyncIterable<readonly T[]> | readonly (readonly T[])[],
  render: (item: T) => Chunk | AsyncIterable<Chunk>,
  rest: () => object,
  key: string,
): AsyncGenerator<Chunk> {
  yield `{"${key}":[`;
  let separator = '';
  let buffered = '';
  for await (const batch of batches) {
    for (const item of batch) {
      const rendered = render(item);
      if (typeof rendered === 'string') {
        buffered += separator + rendered;
      } else {
        yield buffered + separator;
        buffered = '';
        if (rendered instanceof Uint8Array) yield rendered;
        else yield* rendered;
      }
      separator = ',';
    }
    if (buffered) yield buffered;
    buffered = '';
  }
  const after = JSON.stringify(rest());
  yield after === '{}' ? ']}' : `],${after.slice(1)}`;
}

/**
 * Streams `{"items": […], …rest}`, no faster than the client reads. `rest` is asked when all items have been sent. A
 * failure in the middle breaks the connection, so that half a list is never taken for a whole one.
 * @param key of the list, with no character that JSON escapes
 */
export async function streamItems<T>(
  batches: AsyncIterable<readonly T[]> | readonly (readonly T[])[],
  render: (item: T) => Chunk | AsyncIterable<Chunk>,
  rest: () => object = () => ({}),
  key = 'items',
): Promise<StreamableFile> {
  const started = Symbol.asyncIterator in batches ? await startedBatches(batches) : batches;
  const chunks = itemsJson(started, render, rest, key);
  const stream = Readable.from(chunks, { objectMode: false });
  stream.once('error', (error) => Logger.error(error.message, error.stack, 'JsonStream'));
  return new StreamableFile(stream, { type: 'application/json; charset=utf-8' });
}
