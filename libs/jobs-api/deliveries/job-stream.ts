import type { ServerResponse } from 'node:http';
import type { Offer } from '#delivery';

/** Between two comments that show both ends that the connection stands. */
const HEARTBEAT_MS = 15_000;

/** What an app says of a run. */
type Status = Parameters<Offer['answer']>[0];

/** One connection over which an app takes its jobs as server-sent events, and what it has not answered yet. */
export class JobStream {
  readonly #open = new Map<string, { readonly offer: Offer; readonly untilMs: number }>();
  readonly #heartbeat: NodeJS.Timeout;

  /** @param timeoutMs after which nobody waits for an answer any more */
  constructor(
    readonly app: string,
    private readonly response: ServerResponse,
    private readonly timeoutMs: number,
  ) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(':\n\n');
    this.#heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
  }

  offer(offer: Offer): void {
    this.#forgetLate();
    this.#open.delete(offer.runId);
    this.#open.set(offer.runId, { offer, untilMs: performance.now() + this.timeoutMs });
    this.response.write(eventOf(offer));
  }

  /** False: no such run has been offered here, or nobody waits for an answer any more. */
  answer(runId: string, status: Status): boolean {
    this.#forgetLate();
    this.#open.get(runId)?.offer.answer(status);
    return this.#open.delete(runId);
  }

  /** Whoever was to answer is gone: what is open has failed. */
  end(): void {
    clearInterval(this.#heartbeat);
    this.#forgetLate();
    for (const { offer } of this.#open.values())
      offer.answer('RETRY', 'the connection over which the app listens broke');
    this.#open.clear();
    this.response.end();
  }

  /** The oldest stand first. */
  #forgetLate(): void {
    for (const [runId, { untilMs }] of this.#open) {
      if (untilMs > performance.now()) return;
      this.#open.delete(runId);
    }
  }
}

/** The payload is JSON without a break of the line, and stays as it is. */
function eventOf({ runId, name, occurrence, attempt, traceParent, payload }: Offer): string {
  const about = JSON.stringify({ run: runId, name, occurrence, attempt, traceparent: traceParent });
  const data = payload === '' ? about : `${about.slice(0, -1)},"data":${payload}}`;
  return `id: ${runId}/${attempt}\nevent: job\ndata: ${data}\n\n`;
}
