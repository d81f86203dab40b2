import { helloAgainMs, LOCAL_NODE } from '#agent-protocol';
import type { Accepted, Hello, RunMessage, StopMessage } from '#agent-protocol';
import { targetOf } from '#domain';
import type { NodeProgress, RecordedEvent, Spec, State } from '#domain';
import type { Logger } from '#platform';
import { Receiver } from './receiver.js';
import { Releases } from './releases.js';
import type { Release } from './releases.js';
import type { Run, RunIds } from './run.js';
import { CannotSend } from './cannot-send.js';
import type { InTurns } from './in-turns.js';
import { Line } from './line.js';

/** Runs that one request carries at most, by number and by bytes. */
const BATCH_RUNS = 500;
const BATCH_BYTES = 500_000;

/** Runs of one job that are taken in before others have their turn in this thread. */
const TAKEN_IN_AT_ONCE = 200;

/** Reports of runs given up that are on their way to the writer at the same time. */
const GIVEN_UP_AT_ONCE = 1000;

/** A run that an agent has begun is given up after this many times the grace of one that waits. */
const SILENCE_FACTOR = 6;

const EXECUTION_FAILURE = 'puppetlabs.orchestrator/execution-failure';

/** The way to the agents; each request is answered or fails within some seconds. */
export interface AgentChannel {
  sendRuns(agent: string, runs: readonly RunMessage[]): Promise<Accepted>;
  sendStops(agent: string, stops: readonly StopMessage[]): Promise<Accepted>;
  /** Since when the channel has been connected without a break, on the monotonic clock; null: it is not. */
  readonly connectedSinceMs: number | null;
}

export interface DispatcherOptions {
  readonly ids: RunIds;
  readonly channel: AgentChannel;
  /** The runs of a wide job are taken in by it, a part at a time. */
  readonly soon: InTurns;
  /** What an agent needs for a run. @throws CannotSend when it cannot be run at all */
  readonly message: (run: Run, spec: Spec) => Promise<RunMessage>;
  /** Reports a run that could not be carried out; resolves once that is stored. */
  readonly onErrored: (run: Run, kind: string, msg: string) => Promise<unknown>;
  /** How long a node may be unseen before a run that waits for it is errored. */
  readonly graceMs: number;
  readonly logger: Logger;
}

/** A run by what events say of it. */
const key = (job: number, node: string) => `${job}/${node}`;

/** Sends runs to the agents of their nodes, or to the server's own for nodes without one, and gives up those whose agent is gone. It lives with the writer. */
export class Dispatcher {
  readonly #receivers = new Map<string, Receiver>();
  /** Of these, those that have been heard. */
  #agents = 0;
  /** Released and not ended, by job and node. */
  readonly #runs = new Map<string, Run>();
  readonly #line = new Line<Receiver>((receiver) => this.#pump(receiver));
  #givingUp = 0;
  #releases = new Releases();
  #state!: State;
  /** Since when agents could be heard, on the monotonic clock. */
  #sinceMs = 0;

  constructor(private readonly options: DispatcherOptions) {}

  /** Starts from the runs that are outstanding in a state; what was known of other runs is dropped. */
  reset(state: State): void {
    this.#state = state;
    this.#sinceMs = performance.now();
    this.#releases = new Releases();
    this.#clear();
    // At once, however many: agents that hold them are going to be asked what they hold.
    for (const job of state.jobs.values()) this.#add(this.#releases.first(job));
    for (const receiver of this.#receivers.values()) this.#pump(receiver);
  }

  /** Lets everything rest until the next `reset`: another process has come to dispatch. */
  suspend(): void {
    this.#clear();
  }

  #clear(): void {
    this.#runs.clear();
    for (const receiver of this.#receivers.values()) receiver.clear();
  }

  /** Follows what was committed. */
  apply(events: readonly RecordedEvent[], state: State): void {
    const touched = new Set(events.flatMap((event) => this.#applyOne(event, state)));
    for (const receiver of touched) this.#pump(receiver);
  }

  #applyOne(event: RecordedEvent, state: State): Receiver[] {
    switch (event.type) {
      case 'daybook.job.created': {
        const job = state.jobs.get(event.data.id);
        return job ? this.#takeIn(this.#releases.first(job)) : [];
      }
      case 'daybook.job.node-started': {
        const run = this.#runs.get(key(event.data.id, event.data.node));
        if (run) this.#receiver(run.agent).accept(run);
        return [];
      }
      case 'daybook.job.node-finished':
      case 'daybook.job.node-failed':
      case 'daybook.job.node-errored':
      case 'daybook.job.node-skipped': {
        const { id, node } = event.data;
        const isEndedByAgent = event.type === 'daybook.job.node-finished' || event.type === 'daybook.job.node-failed';
        return [...this.#end(key(id, node), isEndedByAgent), ...this.#add(this.#releases.next(state, id))];
      }
      case 'daybook.job.stopping':
        return event.data.force ? this.#kill(event.data.id, state) : [];
      default:
        return [];
    }
  }

  /** Adds the first runs of a job now and the rest in its turn, as far as they have not ended by then. */
  #takeIn(releases: readonly Release[]): Receiver[] {
    const { length } = releases;
    const ofThisReign = this.#releases;
    for (let from = TAKEN_IN_AT_ONCE; from < length; from += TAKEN_IN_AT_ONCE) {
      this.options.soon(() => {
        if (this.#releases !== ofThisReign) return;
        const part = releases.slice(from, from + TAKEN_IN_AT_ONCE).filter(({ progress }) => !hasEnded(progress));
        for (const receiver of this.#add(part)) this.#pump(receiver);
      });
    }
    return this.#add(releases.slice(0, TAKEN_IN_AT_ONCE));
  }

  #add(releases: readonly Release[]): Receiver[] {
    return releases.map(({ job, node, progress }) => {
      const run: Run = {
        id: this.options.ids.of(job.id, progress.index),
        job: job.id,
        node,
        agent: targetOf(job.spec, node) ? LOCAL_NODE : node,
        waitsUntilMs: performance.now() + waitMsOf(job.spec),
        isAccepted: progress.state === 'running',
        isGivenUp: false,
        isEndedByAgent: false,
      };
      this.#runs.set(key(job.id, node), run);
      const receiver = this.#receiver(run.agent);
      receiver.add(run);
      if (job.isForced) receiver.stops.add(run.id);
      return receiver;
    });
  }

  #end(at: string, isEndedByAgent: boolean): Receiver[] {
    const run = this.#runs.get(at);
    if (!run) return [];
    this.#runs.delete(at);
    const receiver = this.#receiver(run.agent);
    receiver.end(run, isEndedByAgent);
    return [receiver];
  }

  #kill(jobId: number, state: State): Receiver[] {
    return (state.jobs.get(jobId)?.nodes.names ?? []).flatMap((node) => {
      const run = this.#runs.get(key(jobId, node));
      if (!run) return [];
      const receiver = this.#receiver(run.agent);
      receiver.stops.add(run.id);
      return [receiver];
    });
  }

  #receiver(agent: string): Receiver {
    let receiver = this.#receivers.get(agent);
    if (!receiver) this.#receivers.set(agent, (receiver = new Receiver(agent)));
    return receiver;
  }

  /** The run of that id which an agent was given and that has not ended; undefined: there is none. */
  runOf(agent: string, runId: string): Run | undefined {
    return this.#receivers.get(agent)?.runs.get(runId);
  }

  /** Takes note of an agent and of what it holds; gives within how many milliseconds it is to say hello again. */
  hello(hello: Hello): number {
    const { node, holding, wanted } = hello;
    const receiver = this.#receiver(node);
    if (receiver.seenMs === null) this.#agents++;
    receiver.heard(hello);
    for (const run of receiver.reconcile(holding, wanted)) {
      this.#giveUp(run, 'daybook/agent-lost-memory', `the agent of ${node} has lost its memory of this run`);
    }
    this.#pump(receiver);
    return helloAgainMs(this.#agents, this.options.graceMs);
  }

  /** Gives up the runs of agents that have not been seen for too long; agents that nothing is known of are forgotten. */
  sweep(nowMs: number): void {
    const { channel, graceMs } = this.options;
    const connectedSinceMs = channel.connectedSinceMs;
    if (connectedSinceMs === null) return;
    for (const receiver of this.#receivers.values()) {
      const unseenMs = nowMs - Math.max(receiver.seenMs ?? 0, connectedSinceMs, this.#sinceMs);
      if (unseenMs < graceMs) continue;
      for (const run of receiver.runs.values()) {
        // The next sweep goes on from here.
        if (this.#givingUp >= GIVEN_UP_AT_ONCE) return;
        if (run.isAccepted || nowMs >= run.waitsUntilMs) this.#judge(run, unseenMs);
      }
      if (receiver.runs.size === 0 && unseenMs >= graceMs * SILENCE_FACTOR) this.#forget(receiver);
    }
  }

  #forget(receiver: Receiver): void {
    this.#receivers.delete(receiver.agent);
    if (receiver.seenMs !== null) this.#agents--;
  }

  #judge(run: Run, unseenMs: number): void {
    const seconds = Math.floor(unseenMs / 1000);
    if (!run.isAccepted) {
      const who = run.agent === run.node ? run.node : `the agent ${run.agent}, which reaches ${run.node},`;
      this.#giveUp(run, EXECUTION_FAILURE, `${who} is not connected (not seen for ${seconds} s)`);
    } else if (unseenMs >= this.options.graceMs * SILENCE_FACTOR) {
      this.#giveUp(
        run,
        'daybook/agent-silent',
        `the agent of ${run.agent} fell silent ${seconds} s ago during the run`,
      );
    }
  }

  /** Where too many are being given up, nothing happens: whoever found the run will find it again. */
  #giveUp(run: Run, kind: string, msg: string): void {
    if (run.isGivenUp || this.#givingUp >= GIVEN_UP_AT_ONCE) return;
    run.isGivenUp = true;
    this.#givingUp++;
    this.options
      .onErrored(run, kind, msg)
      .catch(() => {
        run.isGivenUp = false;
      })
      .finally(() => {
        this.#givingUp--;
      });
  }

  /** Sends what there is to send to one agent, one request at a time. */
  #pump(receiver: Receiver): void {
    if (receiver.isBusy || receiver.isIdle || !receiver.isConnected) return;
    if (!this.#line.enter(receiver)) return;
    receiver.isBusy = true;
    void this.#send(receiver)
      .catch((error: unknown) => {
        this.options.logger.debug({ err: error, agent: receiver.agent }, 'an agent did not answer');
        return false;
      })
      .then((isSent) => {
        receiver.isBusy = false;
        // Whoever waits goes first. What an agent did not take is offered again when it says hello.
        this.#line.leave();
        if (isSent) this.#pump(receiver);
      });
  }

  /** Sends the stops, then runs; true: there may be more to send. */
  async #send(receiver: Receiver): Promise<boolean> {
    const { channel } = this.options;
    const { runs } = receiver;
    if (receiver.stops.size > 0) {
      const stops = [...receiver.stops].slice(0, BATCH_RUNS).map((runId) => ({ runId }));
      const { accepted } = await channel.sendStops(receiver.agent, stops);
      for (const id of accepted) receiver.stops.delete(id);
      if (accepted.length === 0) return false;
    }
    const built = await this.#batch(receiver);
    // What has ended while the messages were made is not sent any more.
    const batch = [...built].filter(([run]) => receiver.runs.get(run.id) === run);
    if (batch.length === 0) return built.size > 0 || receiver.stops.size > 0;
    const messages = batch.map(([, message]) => message);
    const taken = new Set((await channel.sendRuns(receiver.agent, messages)).accepted);
    // Another reign: it sends what is its own.
    if (receiver.runs !== runs) return true;
    for (const [run] of batch) {
      if (!taken.has(run.id)) continue;
      receiver.wanted.delete(run);
      // It may have ended here while it was on its way.
      if (receiver.runs.get(run.id) === run) receiver.accept(run);
      else if (!run.isEndedByAgent) receiver.stops.add(run.id);
    }
    return taken.size > 0;
  }

  async #batch(receiver: Receiver): Promise<Map<Run, RunMessage>> {
    const batch = new Map<Run, RunMessage>();
    let bytes = 0;
    let room = receiver.room;
    for (const run of receiver.toSend()) {
      if (batch.size === BATCH_RUNS || (room === 0 && !run.isAccepted)) break;
      const message = run.isGivenUp ? null : await this.#message(run);
      if (!message) continue;
      bytes += Buffer.byteLength(JSON.stringify(message));
      if (batch.size > 0 && bytes > BATCH_BYTES) break;
      batch.set(run, message);
      if (!run.isAccepted) room--;
    }
    return batch;
  }

  /** Null: the run cannot be sent, or not now; it stays where it is until it has ended, and others go before it. */
  async #message(run: Run): Promise<RunMessage | null> {
    const spec = this.#state.jobs.get(run.job)?.spec;
    if (!spec) return null;
    try {
      return await this.options.message(run, spec);
    } catch (error) {
      if (error instanceof CannotSend) this.#giveUp(run, EXECUTION_FAILURE, error.message);
      else this.options.logger.warn({ err: error, runId: run.id }, 'a run cannot be sent now');
      return null;
    }
  }
}

const hasEnded = ({ state }: NodeProgress) => state !== 'new' && state !== 'running';

const waitMsOf = (spec: Spec) => (spec.command === 'task' ? (spec.waitS ?? 0) * 1000 : 0);
