import type { Dispatcher } from 'undici';
import { ValueLost } from '#large-values';
import type { Carried, Connection } from './connection.js';
import type { Delivery } from './delivery.js';
import type { Expiring } from './deadlines.js';
import { CannotRead } from './large-body.js';
import { failed, outcomeOfStatus } from './outcome.js';
import type { CallResult } from './route.js';
import { ABORTED, NOT_REACHED } from './route.js';

/** Bytes of an answer that are waited for; where there are more its status stands and the connection is given up. */
const MAX_ANSWER_BYTES = 1_000_000;

/** An app that has closed an idle connection at the moment of a request is noticed within this time of sending it. */
const STALE_MS = 300;

/** Follows its calls. */
export interface HttpCaller {
  /** Names the app in messages. */
  readonly origin: string;
  readonly timeoutMs: number;
  /** On the monotonic clock. */
  now(): number;
  /** A connection has come about, and the request is about to be written. */
  onSending(call: HttpCall): void;
  /** Sends the request once more, over a connection of its own. */
  repeat(call: HttpCall): void;
  /** @param error why there was no connection; null: there was one, or it is not known */
  onOver(call: HttpCall, result: CallResult, error: Error | null): void;
}

/** A request to an app, from when it is handed over until it is known what came of it. */
export class HttpCall implements Carried, Expiring {
  connection: Connection | null = null;
  #controller: Dispatcher.DispatchController | null = null;
  #isReused = false;
  #isRepeated = false;
  #isAnswered = false;
  #isExpired = false;
  #isOver = false;
  #status: number | null = null;
  #bytes = 0;

  constructor(
    readonly delivery: Delivery,
    private readonly caller: HttpCaller,
  ) {}

  get sentMs(): number {
    return this.delivery.sentMs;
  }

  /** Ends it at once, whatever has been sent. */
  abort(): void {
    this.#end(ABORTED);
    this.#controller?.abort(new Error('aborted'));
  }

  expire(): void {
    this.#isExpired = true;
    this.#controller?.abort(new Error('expired'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver) return controller.abort(new Error('aborted'));
    this.#controller = controller;
    this.#isReused = this.connection!.carry();
    this.caller.onSending(this);
  }

  onResponseStarted(): void {
    this.#isAnswered = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    if (status >= 200) this.#status = status;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= MAX_ANSWER_BYTES) return;
    this.onResponseEnd();
    controller.abort(new Error('the answer is too long'));
  }

  onResponseEnd(): void {
    this.#end(outcomeOfStatus(this.#status!, this.caller.origin));
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#isOver) return;
    if (!isOfData(error) && this.#isStale()) this.#repeat();
    else this.#end(this.#resultOf(error), error);
  }

  /**
   * Whether the app may have closed a kept connection before it saw the request. Nothing tells this from an app that
   * broke off at once; the run id lets it drop what it has seen, so one more request does no harm.
   */
  #isStale(): boolean {
    const mayBe = this.#controller !== null && this.#isReused && !this.#isRepeated;
    return mayBe && !this.#isAnswered && !this.#isExpired && this.caller.now() - this.sentMs < STALE_MS;
  }

  #repeat(): void {
    this.#isRepeated = true;
    this.#controller = null;
    this.caller.repeat(this);
  }

  #resultOf(error: Error): CallResult {
    const { origin, timeoutMs } = this.caller;
    const answer = this.#status === null ? '' : ` after the beginning of an answer with status ${this.#status}`;
    if (error instanceof CannotRead) return { kind: 'not-sent', reason: error };
    if (error instanceof ValueLost) return failed('broken', `the job's data is lost: ${error.message}`);
    if (this.#isExpired) return failed('timeout', `${origin} did not end its answer within ${timeoutMs} ms${answer}`);
    if (this.#controller === null)
      return isOurs(error) ? failed('broken', `no request can be made: ${error.message}`) : NOT_REACHED;
    return failed('broken', `the connection to ${origin} broke${answer}: ${error.message}`);
  }

  #end(result: CallResult, error: Error | null = null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.caller.onOver(this, result, error);
  }
}

/** The job's data could not be read; the connection is not to blame. */
const isOfData = (error: Error) => error instanceof CannotRead || error instanceof ValueLost;

/** A request that cannot be made at all, whatever the connection. */
const isOurs = (error: Error) => (error as { readonly code?: unknown }).code === 'UND_ERR_INVALID_ARG';
