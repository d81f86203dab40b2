import { advance, carryOn, decide, Refusal, setAsideDue, setAsideRest } from '#domain';
import type { Advance, CommandMeta, DomainEvent, Resolver, State } from '#domain';
import type { Logger } from '#platform';
import type { Entry } from './entry.js';
import { CommandFailed } from './gateway.js';
import { EvolveFailed } from './group.js';
import type { Group, Origin } from './group.js';
import type { LaneName, Lanes } from './lanes.js';

interface Deciding {
  readonly state: State;
  readonly lanes: Lanes;
  readonly group: Group;
  readonly nowMs: number;
  readonly resolver: Resolver;
  /** Command ids and causes that have broken the state before. */
  readonly poisoned: Set<string>;
  readonly logger: Logger;
}

/** Decisions of one kind before the next kind has its turn; a piece of a large rest is a hundred events by itself. */
const IN_A_ROW = 8;

/**
 * Due times, reports, commands and what earlier decisions have left take turns until the group is full or nothing is
 * left. A decision that fails, fails alone.
 * @throws EvolveFailed when the state has been spoiled; its cause is poisoned, all else may be decided again
 */
export function decideGroup(deciding: Deciding): void {
  const { state, nowMs, resolver } = deciding;
  const turns = [
    () => decideFirst(deciding, 'own'),
    inARow(deciding.group, () => decideUncommanded(deciding, () => advance(state, nowMs, resolver), setAsideDue)),
    inARow(deciding.group, () => decideFirst(deciding, 'reports')),
    inARow(deciding.group, () => decideFirst(deciding, 'commands')),
    () => decideUncommanded(deciding, () => carryOn(state), setAsideRest),
  ];
  let isActive = true;
  while (isActive && !deciding.group.isFull) isActive = turns.map((turn) => turn()).includes(true);
}

function inARow(group: Group, decideOne: () => boolean): () => boolean {
  return () => {
    let decided = 0;
    while (decided < IN_A_ROW && !group.isFull && decideOne()) decided++;
    return decided > 0;
  };
}

function decideUncommanded(
  { state, group, poisoned, logger }: Deciding,
  next: () => Advance | null,
  setAside: (state: State) => void,
): boolean {
  try {
    const due = next();
    if (!due) return false;
    if (poisoned.has(due.cause)) throw new Error(`${due.cause} has spoiled the state before`);
    const origin = { actor: 'daybook', correlationId: due.correlation, causationId: due.cause };
    return add(group, due.events, origin, poisoned, false);
  } catch (error) {
    if (error instanceof EvolveFailed) throw error;
    logger.error({ err: error }, 'a due decision failed; it is set aside until the next start');
    setAside(state);
    return true;
  }
}

function decideFirst(deciding: Deciding, lane: LaneName): boolean {
  const { state, lanes, group, nowMs, resolver, poisoned } = deciding;
  const entry = lanes.first(lane);
  if (!entry) return false;
  try {
    if (poisoned.has(entry.meta.commandId)) throw new Error('it has spoiled the state before');
    const decision = decide(state, entry.command, entry.meta, nowMs, resolver);
    if (
      decision.events.length > 0 &&
      !add(group, decision.events, originOf(entry.meta), poisoned, lane === 'commands')
    ) {
      return false;
    }
    const receipt = { answer: decision.answer, position: decision.position ?? state.position };
    group.settlements.push({ lane, entry, outcome: { receipt } });
  } catch (error) {
    if (error instanceof EvolveFailed) throw error;
    group.settlements.push({ lane, entry, outcome: { error: failure(error, entry, deciding.logger) } });
  }
  lanes.take(lane);
  return true;
}

function add(
  group: Group,
  events: readonly DomainEvent[],
  origin: Origin,
  poisoned: Set<string>,
  isCommanded: boolean,
): boolean {
  try {
    return group.add(events, origin, isCommanded);
  } catch (error) {
    if (error instanceof EvolveFailed) poisoned.add(origin.causationId);
    throw error;
  }
}

function failure(error: unknown, { command, meta }: Entry, logger: Logger): Error {
  if (error instanceof Refusal) return error;
  logger.error({ err: error, command: command.type, commandId: meta.commandId }, 'a command could not be decided');
  return new CommandFailed(`command ${meta.commandId} could not be decided`, { cause: error });
}

export function originOf({ actor, correlationId, commandId, bodyDigest }: CommandMeta): Origin {
  return { actor, correlationId, causationId: commandId, bodyDigest };
}
