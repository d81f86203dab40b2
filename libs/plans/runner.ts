import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from '#domain';
import type { EventLog } from '#event-log';
import type { Logger } from '#platform';
import { Changes } from './changes.js';
import type { Driven } from './drive.js';
import { follow, noPlans } from './progress.js';
import type { PlansInFlight, Progress } from './progress.js';
import { runToEnd } from './run-to-end.js';
import type { RunParts } from './run-to-end.js';

export interface PlanRunnerOptions extends RunParts {
  readonly log: Pick<EventLog, 'before' | 'read'>;
  /** Plans that run at the same time; others wait. */
  readonly atOnce: number;
  readonly logger: Logger;
}

/** Where a reign begins. */
export interface ReignStart {
  /** Number of the first event that is about a plan in flight; null: there is none. */
  readonly since: number | null;
  /** Number of the last event before the reign. */
  readonly position: number;
}

/** Pause before another try. */
const AGAIN_MS = 1000;

/** Why a plan is not driven any more. */
class LetGo extends Error {}

/** Has plans run: it follows what the writer stores about them, and asks it for their steps. */
export class PlanRunner {
  #inFlight: PlansInFlight = noPlans();
  readonly #driven = new Map<number, Driven & { readonly controller: AbortController }>();
  /** What came while the plans in flight were read; null: they have been. */
  #early: RecordedEvent[] | null = null;
  #reign = new AbortController();

  constructor(private readonly options: PlanRunnerOptions) {}

  /** Goes on with the plans that are in flight; resolves when it does, or the reign is over. */
  async begin(start: ReignStart): Promise<void> {
    this.suspend();
    const { signal } = (this.#reign = new AbortController());
    this.#early = [];
    const inFlight = await this.#untilRead(start, signal);
    if (inFlight === null || signal.aborted) return;
    this.#inFlight = inFlight;
    const early = this.#early;
    this.#early = null;
    this.apply(early);
  }

  /** Takes note of what was stored, in its order. */
  apply(events: readonly RecordedEvent[]): void {
    if (this.#early) {
      this.#early.push(...events);
      return;
    }
    for (const event of events) {
      const id = follow(this.#inFlight, event);
      if (id === null) continue;
      if (this.#inFlight.plans.has(id)) this.#driven.get(id)?.changes.tell();
      else this.#letGo(id);
    }
    this.#startNext();
  }

  /** Lets go of all plans until the next `begin`. */
  suspend(): void {
    this.#reign.abort(new LetGo('the reign is over'));
    for (const id of this.#driven.keys()) this.#letGo(id);
    this.#inFlight = noPlans();
  }

  /** Reads what there is about plans, for as long as that takes; null: the reign was over before. */
  async #untilRead(start: ReignStart, signal: AbortSignal): Promise<PlansInFlight | null> {
    for (;;) {
      try {
        return await this.#read(start, signal);
      } catch (error) {
        if (signal.aborted) return null;
        this.options.logger.warn({ err: error }, 'the plans in flight cannot be read; trying again');
      }
      await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #read({ since, position }: ReignStart, signal: AbortSignal): Promise<PlansInFlight> {
    const inFlight = noPlans();
    if (since === null) return inFlight;
    const { log } = this.options;
    for await (const commits of log.read(await log.before(since), signal)) {
      for (const { events } of commits) {
        for (const event of events) if (Number(event.id) <= position) follow(inFlight, event);
      }
    }
    return inFlight;
  }

  #letGo(id: number): void {
    this.#driven.get(id)?.controller.abort(new LetGo('the plan has ended'));
    this.#driven.delete(id);
  }

  /** Goes on with those that had begun, and begins others as far as there is room, the oldest first. */
  #startNext(): void {
    for (const [id, progress] of this.#inFlight.plans) {
      const hasRoom = progress.code !== null || this.#driven.size < this.options.atOnce;
      if (hasRoom && !this.#driven.has(id)) this.#start(id, progress);
    }
  }

  #start(id: number, progress: Progress): void {
    const controller = new AbortController();
    const { signal } = controller;
    const driven = { progress, changes: new Changes(signal), signal, controller };
    this.#driven.set(id, driven);
    runToEnd(driven, this.options).catch(async (error: unknown) => {
      if (signal.aborted) return;
      this.options.logger.warn({ err: error, planJob: id }, 'a plan cannot go on now; it is run again');
      await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      this.#driven.delete(id);
      this.#startNext();
    });
  }
}
