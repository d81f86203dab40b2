import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { RecordedEvent } from '#domain';

/** What a subscriber has got in one connection. */
export interface Subscription {
  readonly events: readonly RecordedEvent[];
  /** Why the server has ended it, in its own words; null: it has not. */
  readonly endReason: string | null;
  /** Comments without an event. */
  readonly signsOfLife: number;
  /** False until the stream has ended or broken off. */
  readonly isOver: boolean;
  /** Lets what comes lie from the start on, until it is called. */
  read(): void;
  close(): Promise<void>;
}

export interface SubscribeOptions {
  readonly token?: string;
  readonly lastEventId?: string;
  /** Does not read before `read` is called. */
  readonly isSlow?: boolean;
}

/** Exactly what a message may look like, to the last line end. */
const MESSAGE = /^id: (\d+)\nevent: (\S+)\ndata: (.+)$/;
const END = /^event: daybook\.stream\.ended\ndata: \{"reason":"([a-z-]+)"\}$/;

/** On a connection of its own, of which nothing is read before somebody does. */
function answerTo(url: URL, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (answer) => {
      const { statusCode, headers } = answer;
      if (statusCode === 200 && headers['content-type'] === 'text/event-stream') return resolve(answer);
      answer.resume();
      reject(new Error(`${url.pathname} was answered ${statusCode}, expected a stream of events`));
    });
    request.on('error', reject);
  });
}

/** Subscribes as a client of server-sent events does. @throws Error when the answer is no stream */
export async function subscribe(
  server: { readonly url: string; readonly token: string },
  path: string,
  { token = server.token, lastEventId, isSlow = false }: SubscribeOptions = {},
): Promise<Subscription> {
  const body = await answerTo(new URL(path, server.url), {
    'x-authentication': token,
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  });
  const events: RecordedEvent[] = [];
  const state = { endReason: null as string | null, signsOfLife: 0, isOver: false };
  let text = '';

  function take(block: string): void {
    if (block === ':') return void state.signsOfLife++;
    const [, reason] = END.exec(block) ?? [];
    if (reason !== undefined) return void (state.endReason = reason);
    const [, id, type, data] = MESSAGE.exec(block) ?? [];
    if (data === undefined) throw new Error(`not a message: ${JSON.stringify(block)}`);
    const event = JSON.parse(data) as RecordedEvent;
    expect([event.id, event.type]).toEqual([id, type]);
    events.push(event);
  }

  const read = () => {
    body.setEncoding('utf8').on('data', (chunk: string) => {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop()!;
      blocks.forEach(take);
    });
  };
  body.on('error', () => undefined).on('close', () => (state.isOver = true));
  if (!isSlow) read();
  return {
    events,
    get endReason() {
      return state.endReason;
    },
    get signsOfLife() {
      return state.signsOfLife;
    },
    get isOver() {
      return state.isOver;
    },
    read,
    async close() {
      const closed = new Promise((resolve) => (body.closed ? resolve(null) : body.once('close', resolve)));
      body.destroy();
      await closed;
    },
  };
}

export const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => Number(id));

/** `first`, …, `last`. */
export const range = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
