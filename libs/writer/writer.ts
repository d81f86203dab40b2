import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import { decide, nextDueMs } from '#domain';
import type { Command, CommandMeta, RecordedEvent, Resolver, State } from '#domain';
import { LogDamaged, LogWentBackwards } from '#event-log';
import type { EventLog, LogPosition, Verdict } from '#event-log';
import type { Logger } from '#platform';
import type { SnapshotStore } from '#snapshots';
import type { ClockWatch } from './clock-watch.js';
import type { Claim } from './claim.js';
import { decideGroup, originOf } from './decide-group.js';
import { NotAccepted, OutcomeUnknown } from './gateway.js';
import type { Receipt } from './gateway.js';
import { EvolveFailed, Group } from './group.js';
import type { Settlement } from './group.js';
import { Lanes } from './lanes.js';
import type { LaneName } from './lanes.js';
import { openingOf } from './opening.js';
import type { Identity } from './opening.js';
import { provesReign } from './proof-of-reign.js';
import { recover, RecoveryFailed } from './recover.js';
import type { Recovered } from './recover.js';

/** The longest sleep; the wall clock may be set while the timer runs. */
const MAX_SLEEP_MS = 1000;

/** Pause before a log that gave no answer is read again. */
const READ_AGAIN_MS = 500;

/** What reading the log again does not change. */
const FINAL = [LogDamaged, LogWentBackwards, RecoveryFailed];

/** Questions, and who may speak for nodes; they are answered also where the disk is full. */
const NEEDS_NO_ROOM: ReadonlySet<Command['type']> = new Set([
  'ask-position',
  'ask-salt',
  'authenticate',
  'join-agent',
  'revoke-agent',
] as const);

export interface WriterOptions {
  readonly log: EventLog;
  /** One for all writers of a process: it knows what time it was before the clock was set. */
  readonly clock: ClockWatch;
  readonly logger: Logger;
  /** Finds the nodes of scopes that do not name them. */
  readonly resolver: Resolver;
  /** What `daybook.writer.opened` says of this process. */
  readonly identity: Identity;
  /** Absent: each opening reads the whole log. */
  readonly snapshots?: SnapshotStore;
  /** Called when a state has been recovered and this writer reigns; `snapshot` as in `Recovered`. */
  readonly onOpened: (state: State, position: LogPosition, snapshot: number) => void;
  /** Called with each commit's events once it is stored; the state may be ahead of them by two groups. */
  readonly onCommitted: (events: readonly RecordedEvent[], state: State, position: LogPosition) => void;
  /** Called each time the log gives no answer and is asked again. */
  readonly onTrouble?: (reason: Error) => void;
  /** Called each time it has given one. */
  readonly onAnswered?: () => void;
  /** Told before each commit whether there is more to decide than fits in the next one. */
  readonly onRush?: (isOn: boolean) => void;
  /** Whether the disk has room for new commands. */
  readonly hasRoom?: () => boolean;
  /** The claim to the place under which it reigns; absent: nobody else wants to write to the log. */
  readonly claim?: Claim;
}

/**
 * The one writer: decides due times, reports and commands in turn and commits the decisions in groups, one commit at
 * a time. What it holds in memory is ahead of the log by the group on its way and by the next, which is decided
 * meanwhile.
 */
export class Writer {
  readonly #lanes = new Lanes();
  readonly #poisoned = new Set<string>();
  readonly #closing = new AbortController();
  readonly #aborting = new AbortController();
  readonly #source: string;
  /** The group whose verdict is not known yet; null: none is on its way. */
  #sent: Group | null = null;
  /** Resolves when the callers of the last group that was stored have been told. */
  #told: Promise<void> = Promise.resolve();
  /** The group that is being filled. */
  #next!: Group;
  #state!: State;
  #position!: LogPosition;
  #reign: number | null = null;
  #wake: () => void = () => undefined;

  constructor(private readonly options: WriterOptions) {
    this.#source = `/daybook/${options.log.streamId}/0`;
  }

  /** The reign that this writer has begun; null: none yet. */
  get reign(): number | null {
    return this.#reign;
  }

  /** What waits to be decided, by lane. */
  get queued() {
    return this.#lanes.lengths;
  }

  /**
   * Reads the log and begins a reign: once its opening commit is stored, no commit of an older one can land.
   * @returns false when another process has the place, or this one was closed before
   * @throws Error when the log must not be written by this process
   */
  async open(): Promise<boolean> {
    try {
      return await this.#open();
    } catch (error) {
      if (this.#aborting.signal.aborted) return false;
      throw error;
    }
  }

  async #open(): Promise<boolean> {
    const { logger, claim } = this.options;
    let snapshot: number;
    for (;;) {
      const recovered = await this.#recover();
      this.#state = recovered.state;
      this.#position = recovered.position;
      snapshot = recovered.snapshot;
      // After the reading: whoever holds the place later reads what is opened here.
      if (claim && !(await claim.confirm())) return false;
      if ((await this.#commitOpening()).kind === 'stored') break;
      logger.warn('another commit came before the opening of this reign; the log is read again');
    }
    this.#next = this.#newGroup();
    logger.info({ reign: this.#state.reign, position: this.#position.number, snapshot }, 'writer opened');
    this.#reign = this.#state.reign;
    this.options.onOpened(this.#state, this.#position, snapshot);
    return true;
  }

  /** Reads the log, for as long as it takes; @throws what it says for good. */
  async #recover(): Promise<Recovered> {
    const { log, logger, snapshots: store, onTrouble } = this.options;
    for (;;) {
      try {
        return await recover(log, store ? { store, logger } : null, this.#aborting.signal);
      } catch (error) {
        this.#aborting.signal.throwIfAborted();
        if (FINAL.some((kind) => error instanceof kind)) throw error;
        onTrouble?.(error as Error);
        await delay(READ_AGAIN_MS, undefined, { signal: this.#aborting.signal });
      }
    }
  }

  async #commitOpening(): Promise<Verdict> {
    const { identity } = this.options;
    const opening = openingOf(this.#state, identity);
    const meta = ownMeta(this.#state.reign + 1);
    const nowMs = await this.#lookAtClock();
    const group = this.#newGroup();
    group.setTime(nowMs);
    group.add(decide(this.#state, opening, meta, nowMs, this.options.resolver).events, originOf(meta));
    return this.#append(group);
  }

  /** The time to go by; a step of the clock is to be written down. */
  async #lookAtClock(): Promise<number> {
    const { clock, log, logger } = this.options;
    const { nowMs, step } = await clock.look(() => log.timeMs());
    if (step) {
      logger.warn(step, step.isFollowed ? 'the clock was set' : 'the clock is ahead of the broker; it is not followed');
      this.#lanes.note({ type: 'note-clock-step', ...step }, ownMeta(this.#state.reign));
    }
    return nowMs;
  }

  /**
   * Decides and commits until `close` was called and all that was accepted is done.
   * @throws Error when the log must not be written any more
   */
  async run(): Promise<void> {
    const sweep = setInterval(() => this.#expire(performance.now()), 250);
    try {
      while (!this.#closing.signal.aborted || this.#hasWork) {
        await this.#sleep();
        if (await this.#turn()) continue;
        if (!(await this.open())) break;
      }
    } catch (error) {
      if (!this.#aborting.signal.aborted) throw error;
    } finally {
      await this.#told;
      clearInterval(sweep);
      this.#closing.abort();
      this.#expire(Infinity);
    }
  }

  /** Takes nothing new; `run` returns once all that was accepted is done, or after `graceMs`. */
  close(graceMs: number): void {
    this.#closing.abort();
    this.#wake();
    setTimeout(() => this.#aborting.abort(), graceMs).unref();
  }

  /** Takes a user's command. @see CommandGateway.execute */
  execute(command: Command, meta: CommandMeta): Promise<Receipt> {
    if (!NEEDS_NO_ROOM.has(command.type) && this.options.hasRoom?.() === false)
      return Promise.reject(new NotAccepted('disk-full', 30));
    return this.#enqueue('commands', command, meta);
  }

  /** Takes what cannot wait for room on the disk: reports of runs, and who the subjects are. @throws as `execute` */
  report(command: Command, meta: CommandMeta): Promise<Receipt> {
    return this.#enqueue('reports', command, meta);
  }

  #enqueue(lane: LaneName, command: Command, meta: CommandMeta): Promise<Receipt> {
    if (this.#closing.signal.aborted) return Promise.reject(new NotAccepted('no-writer', 1));
    const receipt = this.#lanes.accept(lane, command, meta);
    this.#wake();
    return receipt;
  }

  get #hasWork(): boolean {
    return !this.#lanes.isEmpty || !this.#next.isEmpty;
  }

  /** Until something is queued or due. */
  async #sleep(): Promise<void> {
    const dueInMs = (nextDueMs(this.#state) ?? Infinity) - this.options.clock.now();
    if (dueInMs <= 0 || this.#hasWork || this.#closing.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(dueInMs, MAX_SLEEP_MS));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }

  /**
   * Sends what has been decided, and decides further while it is on its way; false: the state is not to be used any
   * more.
   */
  async #turn(): Promise<boolean> {
    const group = this.#next;
    if (!(await this.#fill())) return this.#putBack(group);
    if (group.isEmpty) return true;
    this.#sent = group;
    this.#next = this.#newGroup();
    const filling = immediate().then(() => this.#fill());
    const [isOurs, isStillSound] = await Promise.all([this.#conclude(group), filling, this.#told]);
    this.#sent = null;
    if (isOurs && isStillSound) return true;
    return isOurs ? this.#putBack(this.#next) : this.#putBack(group, this.#next);
  }

  /** What is not stored is decided again, on another state. */
  #putBack(...groups: readonly Group[]): false {
    this.#lanes.putBack(groups.flatMap(({ settlements }) => settlements));
    return false;
  }

  /** Decides what there is for the next group, as far as it has room; false: the state is spoiled. */
  async #fill(): Promise<boolean> {
    const nowMs = await this.#lookAtClock();
    const { resolver, logger } = this.options;
    const [state, lanes, group] = [this.#state, this.#lanes, this.#next];
    group.setTime(nowMs);
    try {
      decideGroup({ state, lanes, group, nowMs, resolver, poisoned: this.#poisoned, logger });
      this.options.onRush?.(group.isFull);
      return true;
    } catch (error) {
      if (!(error instanceof EvolveFailed)) throw error;
      logger.error({ err: error }, 'a decision spoiled the state; the log is read again');
      return false;
    }
  }

  /** Sees a group stored and has its callers told; false: somebody else has written to the log. */
  async #conclude(group: Group): Promise<boolean> {
    const isOurs = group.events.length > 0 ? (await this.#append(group)).kind === 'stored' : await this.#provesReign();
    this.options.onAnswered?.();
    if (isOurs) this.#tellSoon(group);
    else this.options.logger.warn('another writer has written to the log; it is read again');
    return isOurs;
  }

  /** Hands on what is stored and answers the callers, once the next commit is on its way. */
  #tellSoon(group: Group): void {
    const position = this.#position;
    this.#told = immediate().then(() => {
      if (group.events.length > 0) this.options.onCommitted(group.events, this.#state, position);
      group.settlements.forEach(settle);
    });
  }

  /** Answers without an event are given only by a writer that reigns after the question came. */
  #provesReign(): Promise<boolean> {
    const { log, claim, onTrouble } = this.options;
    return provesReign(log, claim ?? null, this.#position, { signal: this.#aborting.signal, onTrouble });
  }

  async #append(group: Group): Promise<Verdict> {
    const { log, onTrouble } = this.options;
    const verdict = await log.append(group.toCommit(), this.#position, {
      signal: this.#aborting.signal,
      onResend: (reason) => onTrouble?.(reason),
    });
    if (verdict.kind === 'stored') this.#position = verdict.position;
    return verdict;
  }

  #newGroup(): Group {
    return new Group(this.#state, this.#source, this.options.log.maxCommitBytes);
  }

  /** Tells callers whose time is up what is known: not taken, or taken without a verdict. */
  #expire(nowMs: number): void {
    this.#lanes.expire(nowMs);
    for (const { entry } of [...(this.#sent?.settlements ?? []), ...this.#next.settlements]) {
      if (entry.deadlineMs <= nowMs) entry.reject(new OutcomeUnknown(entry.meta.commandId));
    }
  }
}

/** As whom, and as part of what, the writer speaks of itself. */
function ownMeta(reign: number): CommandMeta {
  return { commandId: `writer/${reign}`, actor: 'daybook', correlationId: `writer/${reign}` };
}

function settle({ entry, outcome }: Settlement): void {
  if ('receipt' in outcome) entry.resolve(outcome.receipt);
  else entry.reject(outcome.error);
}
