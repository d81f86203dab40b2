import type { ServerResponse } from 'node:http';
import type { Offer } from '#delivery';

/** Between two comments that show both ends that the connection stands. */
const HEARTBEAT_MS = 15_000;

/** Offers that wait for an answer; the oldest ones beyond that are answered by nobody any more. */
const MAX_OPEN = 10_000;

/** One connection over which an app takes its jobs as server-sent events, and what it has not answered yet. */
export class JobStream {
  readonly #open = new Map<string, Offer>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    readonly app: string,
    private readonly response: ServerResponse,
  ) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(':\n\n');
    this.#heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
  }

  offer(offer: Offer): void {
    if (this.#open.size === MAX_OPEN) this.#open.delete(this.#open.keys().next().value!);
    this.#open.set(offer.runId, offer);
    this.response.write(eventOf(offer));
  }

  /** False: no such run has been offered here and waits for an answer. */
  answer(runId: string, status: Parameters<Offer['answer']>[0]): boolean {
    const offer = this.#open.get(runId);
    offer?.answer(status);
    return this.#open.delete(runId);
  }

  /** Whoever was to answer is gone: what is open is offered to somebody else. */
  end(): void {
    clearInterval(this.#heartbeat);
    for (const offer of this.#open.values()) offer.answer('RETRY');
    this.#open.clear();
    this.response.end();
  }
}

/** The payload is JSON without a break of the line, and stays as it is. */
function eventOf({ runId, name, occurrence, attempt, traceParent, payload }: Offer): string {
  const about = JSON.stringify({ run: runId, name, occurrence, attempt, traceparent: traceParent });
  const data = payload === '' ? about : `${about.slice(0, -1)},"data":${payload}}`;
  return `id: ${runId}/${attempt}\nevent: job\ndata: ${data}\n\n`;
}
