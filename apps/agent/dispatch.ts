import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { headers } from '@nats-io/transport-node';
import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/transport-node';

import { dispatchSubjects } from '#agent-protocol';
import type {
  ChunkStored,
  Confirmed,
  FactsMessage,
  FactsTaken,
  FetchChunk,
  Hello,
  Report,
  Welcome,
} from '#agent-protocol';

import { FileMissing, NotRunnable } from './not-runnable.js';

/** The dispatcher as an agent reaches it. What is asked is asked again until it is answered. */
export interface Dispatch {
  /** Asked once, as the next one comes soon. @throws when no answer came within a second */
  hello(hello: Hello): Promise<Welcome>;
  report(reports: readonly Report[]): Promise<Confirmed>;
  facts(facts: FactsMessage): Promise<FactsTaken>;
  /** @throws FileMissing when the dispatcher does not have it; NotRunnable when another one comes under its digest */
  fetch(sha256: string): Promise<Buffer>;
  store(sha256: string, bytes: Buffer): Promise<void>;
}

/** An answer that takes longer is asked for again, which does no harm; after an outage nothing waits longer either. */
const TIMEOUT_MS = 2_000;
const PAUSE_MS = 200;
const CHUNK_BYTES = 128 * 1024;

export function openDispatch(nats: NatsConnection, node: string): Dispatch {
  const subjects = dispatchSubjects(node);

  async function ask(subject: string, payload: string | Uint8Array, extra?: MsgHdrs): Promise<Msg> {
    for (;;) {
      try {
        return await nats.request(subject, payload, { timeout: TIMEOUT_MS, ...(extra && { headers: extra }) });
      } catch {
        await delay(PAUSE_MS);
      }
    }
  }

  return {
    async hello(hello) {
      return (await nats.request(subjects.hello, JSON.stringify(hello), { timeout: 1_000 })).json<Welcome>();
    },

    async report(reports) {
      return (await ask(subjects.reports, JSON.stringify(reports))).json<Confirmed>();
    },

    async facts(facts) {
      return (await ask(subjects.facts, JSON.stringify(facts))).json<FactsTaken>();
    },

    async fetch(sha256) {
      const chunks: Buffer[] = [];
      let offset = 0;
      let size: number;
      do {
        const answer = await ask(subjects.fetch, JSON.stringify({ sha256, offset } satisfies FetchChunk));
        if (answer.headers?.has('Daybook-Missing'))
          throw new FileMissing(`The server does not have the file ${sha256}`);
        size = Number(answer.headers?.get('Daybook-Size'));
        if (answer.data.length === 0 && offset < size) throw new NotRunnable(`The file ${sha256} came without an end`);
        chunks.push(Buffer.from(answer.data));
        offset += answer.data.length;
      } while (offset < size);
      const bytes = Buffer.concat(chunks);
      if (digest(bytes) !== sha256) throw new NotRunnable(`The file ${sha256} came with another digest`);
      return bytes;
    },

    async store(sha256, bytes) {
      for (let offset = 0; offset < bytes.length;) {
        const about = headers();
        about.set('Daybook-Sha256', sha256);
        about.set('Daybook-Offset', String(offset));
        about.set('Daybook-Size', String(bytes.length));
        const answer = await ask(subjects.store, bytes.subarray(offset, offset + CHUNK_BYTES), about);
        offset = answer.json<ChunkStored>().next;
      }
    },
  };
}

export const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
