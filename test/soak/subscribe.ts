import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';

export interface Subscribed {
  /** Events that came. */
  readonly events: number;
  /** How often a stream was opened. */
  readonly streams: number;
}

/**
 * A subscriber of all events who leaves after a while, comes again and goes on where it was, until `signal` aborts.
 * @param staysMs how long it stays, each time
 * @throws Error at the first gap, or event that comes twice
 */
export async function subscribe(
  { url, token }: { readonly url: string; readonly token: string },
  staysMs: () => number,
  signal: AbortSignal,
): Promise<Subscribed> {
  let [last, events, streams]: [number | null, number, number] = [null, 0, 0];
  while (!signal.aborted) {
    const after: Record<string, string> = last === null ? {} : { 'last-event-id': String(last) };
    const request = get(`${url}/events`, { agent: false, headers: { 'x-authentication': token, ...after } });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`a subscriber was answered ${answer.statusCode}, expected 200`);
    streams++;
    const leave = () => request.destroy();
    const timer = setTimeout(leave, staysMs());
    signal.addEventListener('abort', leave, { once: true });
    let text = '';
    try {
      for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>) {
        const messages = (text + chunk).split('\n\n');
        text = messages.pop()!;
        for (const message of messages) {
          const [, id] = /^id: (\d+)$/m.exec(message) ?? [];
          if (id === undefined) continue;
          if (last !== null && Number(id) !== last + 1) throw new Error(`event ${id} came after ${last}`);
          last = Number(id);
          events++;
        }
      }
    } catch (error) {
      if (!request.destroyed || !isOfLeaving(error)) throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      request.destroy();
    }
  }
  return { events, streams };
}

const isOfLeaving = (error: unknown) => (error as { code?: unknown }).code === 'ECONNRESET';
