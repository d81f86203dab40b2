import { setTimeout as delay } from 'node:timers/promises';
import { decide, nextDueMs } from '#domain';
import type { Command, CommandMeta, OpenWriter, RecordedEvent, State } from '#domain';
import { LOG_FORMAT, LogDamaged, LogWentBackwards } from '#event-log';
import type { EventLog, LogPosition, Verdict } from '#event-log';
import type { Clock, Logger } from '#platform';
import type { SnapshotStore } from '#snapshots';
import { decideGroup, originOf } from './decide-group.js';
import type { Settlement } from './decide-group.js';
import { NotAccepted, OutcomeUnknown } from './gateway.js';
import type { Receipt } from './gateway.js';
import { EvolveFailed, Group } from './group.js';
import { Lanes } from './lanes.js';
import type { LaneName } from './lanes.js';
import { recover } from './recover.js';

/** Commands that may wait for their decision; more are not accepted. */
const MAX_QUEUED = 20_000;

/** How long a caller waits for a verdict before it is told that the outcome is unknown. */
const CALLER_DEADLINE_MS = 5000;

/** The longest sleep; the wall clock may be set while the timer runs. */
const MAX_SLEEP_MS = 1000;

const RETRY_PAUSE_MS = 50;

export interface WriterOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What `daybook.writer.opened` says of this process. */
  readonly identity: Pick<OpenWriter, 'program' | 'timeZoneData' | 'keyCheck'>;
  /** Absent: each opening reads the whole log. */
  readonly snapshots?: SnapshotStore;
  /** Called when a state has been recovered and this writer reigns; `snapshot` as in `Recovered`. */
  readonly onOpened: (state: State, position: LogPosition, snapshot: number) => void;
  /** Called with each commit's events once it is stored, before anything further is decided. */
  readonly onCommitted: (events: readonly RecordedEvent[], state: State, position: LogPosition) => void;
  /** Called each time the log gives no answer and is asked again. */
  readonly onTrouble?: (reason: Error) => void;
  /** Called each time it has given one. */
  readonly onAnswered?: () => void;
  /** Whether the disk has room for new commands. */
  readonly hasRoom?: () => boolean;
  /** Whether to begin another reign after somebody else has written to the log; absent: always. */
  readonly mayReopen?: () => Promise<boolean>;
}

/**
 * The one writer: decides due times, reports and commands in turn and commits the decisions in groups, one commit at
 * a time. What it holds in memory is ahead of the log by the group on its way, and by nothing else.
 */
export class Writer {
  readonly #lanes = new Lanes();
  readonly #poisoned = new Set<string>();
  readonly #closing = new AbortController();
  readonly #aborting = new AbortController();
  readonly #source: string;
  /** Callers of the group whose verdict is not known yet. */
  #pending: readonly Settlement[] = [];
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

  /**
   * Reads the log and begins a reign: once its opening commit is stored, no commit of an older one can land.
   * @throws Error when the log must not be written by this process
   */
  async open(): Promise<void> {
    const { log, logger, snapshots: store } = this.options;
    let snapshot: number;
    for (;;) {
      const recovered = await recover(log, store ? { store, logger } : null, this.#aborting.signal);
      this.#state = recovered.state;
      this.#position = recovered.position;
      snapshot = recovered.snapshot;
      if ((await this.#commitOpening()).kind === 'stored') break;
      logger.warn('another commit came before the opening of this reign; the log is read again');
    }
    logger.info({ reign: this.#state.reign, position: this.#position.number, snapshot }, 'writer opened');
    this.#reign = this.#state.reign;
    this.options.onOpened(this.#state, this.#position, snapshot);
  }

  async #commitOpening(): Promise<Verdict> {
    const { clock, identity } = this.options;
    const { opened, reign } = this.#state;
    if (opened && opened.logFormat > LOG_FORMAT) {
      throw new Error(
        `the log has format level ${opened.logFormat}, expected at most ${LOG_FORMAT}; use a newer Daybook`,
      );
    }
    if (opened && opened.keyCheck !== identity.keyCheck) {
      throw new Error(
        `the secret key has check value '${identity.keyCheck}', expected '${opened.keyCheck}'; use the key that the log was written with`,
      );
    }
    const meta = { commandId: `writer/${reign + 1}`, actor: 'daybook', correlationId: `writer/${reign + 1}` };
    const command = { type: 'open-writer', logFormat: LOG_FORMAT, ...identity } as const;
    const nowMs = clock.now();
    const group = this.#newGroup(nowMs);
    group.add(decide(this.#state, command, meta, nowMs).events, originOf(meta));
    return this.#append(group);
  }

  /**
   * Decides and commits until `close` was called and all that was accepted is done.
   * @throws Error when the log must not be written any more
   */
  async run(): Promise<void> {
    const sweep = setInterval(() => this.#expire(performance.now()), 250);
    try {
      while (!this.#closing.signal.aborted || !this.#lanes.isEmpty) {
        await this.#sleep();
        if (await this.#turn()) continue;
        if ((await this.options.mayReopen?.()) === false) break;
        await this.open();
      }
    } catch (error) {
      if (!this.#aborting.signal.aborted) throw error;
    } finally {
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
    const needsRoom = command.type !== 'ask-position';
    if (needsRoom && this.options.hasRoom?.() === false) return Promise.reject(new NotAccepted('disk-full', 30));
    if (this.#lanes.size('commands') >= MAX_QUEUED) return Promise.reject(new NotAccepted('busy', 1));
    return this.#enqueue('commands', command, meta);
  }

  /** Takes what cannot wait for room on the disk: reports of runs, and who the subjects are. @throws as `execute` */
  report(command: Command, meta: CommandMeta): Promise<Receipt> {
    return this.#enqueue('reports', command, meta);
  }

  #enqueue(lane: LaneName, command: Command, meta: CommandMeta): Promise<Receipt> {
    if (this.#closing.signal.aborted) return Promise.reject(new NotAccepted('no-writer', 1));
    return new Promise((resolve, reject) => {
      const deadlineMs = performance.now() + CALLER_DEADLINE_MS;
      this.#lanes.push(lane, { command, meta, deadlineMs, resolve, reject });
      this.#wake();
    });
  }

  /** Until something is queued or due. */
  async #sleep(): Promise<void> {
    const dueInMs = (nextDueMs(this.#state) ?? Infinity) - this.options.clock.now();
    if (dueInMs <= 0 || !this.#lanes.isEmpty || this.#closing.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(dueInMs, MAX_SLEEP_MS));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }

  /** Decides one group and sees it stored; false: the state is not to be used any more. */
  async #turn(): Promise<boolean> {
    const nowMs = this.options.clock.now();
    const group = this.#newGroup(nowMs);
    const settlements: Settlement[] = [];
    this.#pending = settlements;
    try {
      decideGroup({
        state: this.#state,
        lanes: this.#lanes,
        group,
        nowMs,
        poisoned: this.#poisoned,
        logger: this.options.logger,
        settlements,
      });
    } catch (error) {
      if (!(error instanceof EvolveFailed)) throw error;
      this.options.logger.error({ err: error }, 'a decision spoiled the state; the log is read again');
      this.#lanes.putBack(settlements);
      return false;
    }
    if (group.events.length === 0 && settlements.length === 0) return true;
    const isOurs = group.events.length > 0 ? await this.#commit(group) : await this.#isStillOurs();
    this.options.onAnswered?.();
    if (isOurs) settlements.forEach(settle);
    else {
      this.options.logger.warn('another writer has written to the log; it is read again');
      this.#lanes.putBack(settlements);
    }
    this.#pending = [];
    return isOurs;
  }

  async #commit(group: Group): Promise<boolean> {
    const verdict = await this.#append(group);
    if (verdict.kind === 'stored') this.options.onCommitted(group.events, this.#state, this.#position);
    return verdict.kind === 'stored';
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

  /** Answers without an event are given only by a writer that reigns after the question came. */
  async #isStillOurs(): Promise<boolean> {
    for (;;) {
      this.#aborting.signal.throwIfAborted();
      try {
        const head = await this.options.log.headSequence();
        if (head < this.#position.sequence) {
          throw new LogWentBackwards(this.#position, `the log now ends at sequence ${head}`);
        }
        return head === this.#position.sequence;
      } catch (error) {
        if (error instanceof LogWentBackwards || error instanceof LogDamaged) throw error;
        this.options.onTrouble?.(error as Error);
        await delay(RETRY_PAUSE_MS);
      }
    }
  }

  #newGroup(nowMs: number): Group {
    return new Group(this.#state, this.#source, this.options.log.maxCommitBytes, nowMs);
  }

  /** Tells callers whose time is up what is known: not taken, or taken without a verdict. */
  #expire(nowMs: number): void {
    this.#lanes.expire(nowMs);
    for (const { entry } of this.#pending) {
      if (entry.deadlineMs <= nowMs) entry.reject(new OutcomeUnknown(entry.meta.commandId));
    }
  }
}

function settle({ entry, outcome }: Settlement): void {
  if ('receipt' in outcome) entry.resolve(outcome.receipt);
  else entry.reject(outcome.error);
}
