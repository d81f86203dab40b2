import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from '#domain';
import { ApiRefusal, refusalOf } from './api-refusal.js';
import type { Api } from './api.js';
import { messagesIn } from './server-sent-events.js';

/** A stream that has shown no sign of life for this long is dead; a living one has one every 10 s. */
const SILENCE_MS = 30_000;

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

const NEVER = new AbortController().signal;

/** Events as they come. */
export interface Followed {
  /** Number of the event after which they begin. */
  readonly position: number;
  /** Goes on until its taker leaves; throws ApiRefusal when nothing may be seen any more. */
  readonly events: AsyncGenerator<RecordedEvent, never>;
}

/**
 * Follows a stream of events, over as many connections as it takes: each event comes once, in order. That a connection
 * was lost is said on standard error.
 * @param after number of the event after which it begins; null: after the last that there is
 * @param signal ends it
 * @throws as `Api.call` when the first connection fails
 */
export async function followEvents(
  api: Api,
  path: string,
  after: number | null,
  signal: AbortSignal = NEVER,
): Promise<Followed> {
  const first = await connect(api, path, after, signal);
  const { position } = first;
  return { position, events: events() };

  async function* events(): AsyncGenerator<RecordedEvent, never> {
    let connection: Connection | null = first;
    let seen = position;
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      try {
        connection ??= await connect(api, path, seen, signal);
        for await (const { id, type, data } of messagesIn(connection.pieces)) {
          if (type === 'daybook.stream.ended') throw ended(data);
          seen = Number(id);
          waitMs = FIRST_WAIT_MS;
          yield JSON.parse(data) as RecordedEvent;
        }
        throw new Error('the server has closed it');
      } catch (error) {
        if (error instanceof ApiRefusal && error.status < 500) throw error;
        if (connection) process.stderr.write(lost((error as Error).message, seen));
        connection = null;
        await delay(waitMs);
      }
    }
  }
}

const lost = (reason: string, seen: number) =>
  `the stream was lost after event ${seen} (${reason}); going on from there\n`;

interface Connection {
  readonly position: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

async function connect(api: Api, path: string, after: number | null, end: AbortSignal): Promise<Connection> {
  const dead = new AbortController();
  const silence = setTimeout(() => dead.abort(new Error(`nothing came for ${SILENCE_MS / 1000} s`)), SILENCE_MS);
  // The connection keeps the process going, not the timer.
  silence.unref();
  const headers = { accept: 'text/event-stream', ...(after !== null && { 'last-event-id': String(after) }) };
  const response = await api.send('GET', path, undefined, { headers, signal: AbortSignal.any([dead.signal, end]) });
  if (!response.ok) throw await refusalOf(response, api.token().from);
  const position = after ?? Number(response.headers.get('daybook-position'));
  return { position, pieces: postponing(silence, response.body!) };
}

/** The same pieces; each of them begins a time of silence anew. */
async function* postponing(silence: NodeJS.Timeout, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of pieces) {
      silence.refresh();
      yield piece;
    }
  } finally {
    clearTimeout(silence);
  }
}

/** Why a stream has come to its end, as its last message says. */
function ended(data: string): Error {
  const { reason } = JSON.parse(data) as { readonly reason: string };
  if (reason === 'not-permitted') return new ApiRefusal(403, null, 'the token allows none of these events any more');
  return new Error(`the server has ended it: ${reason}`);
}
