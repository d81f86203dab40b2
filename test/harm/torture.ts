import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createSealer } from '#sealing';
import { schemaFaults } from '../../libs/schemas-api/testing/schema-faults.js';
import { clientOf, until } from '../api/client.js';
import type { Answer } from '../api/client.js';
import { newFolder } from '../setup/folder.js';
import { startCallers } from './callers.js';
import { commandFaults } from './commands.js';
import { linesOf, longestOutageMs } from './figures.js';
import { idFaults } from './ids.js';
import { newJournal } from './journal.js';
import { openLedgerAt } from './ledger.js';
import { occurrenceFaults } from './occurrences.js';
import { rebuildReadModels, rowFaults } from './read-models.js';
import { roundsOf } from './rounds.js';
import type { Round } from './rounds.js';
import { readMarks, runFaults } from './runs.js';
import type { Site } from './site.js';
import { makeSnapshot, snapshotFaults } from './snapshots.js';
import { harm } from './victim.js';

/** What a run of the harness found. */
export interface Finding {
  /** Promises that were broken, in words; none: all were kept. */
  readonly faults: readonly string[];
  /** Commands that were answered. */
  readonly answered: number;
  /**
   * The longest time that a caller was without an answer: from the begin of its first try that failed to the answer.
   * What was killed is started again at once, so none of that time is the harness's own.
   */
  readonly longestOutageMs: number;
  /** Everything that was counted, as lines to print. */
  readonly figures: readonly string[];
}

/** Harms a site in rounds while callers use it, and then holds what is left against what they were told. */
export async function torture(site: Site, seed: number, count: number): Promise<Finding> {
  const rounds = roundsOf(seed, Object.keys(site.targets), count);
  const journal = newJournal();
  const folder = newFolder();
  const marksFile = join(folder.path('marks'));
  const callers = startCallers(site, journal, marksFile);
  try {
    for (const [index, round] of rounds.entries()) {
      await callers.settled();
      await delay(round.afterMs);
      journal.present = describe(round, index);
      const snapshot = makeSnapshot(site.broker());
      await harm(await site.targets[round.target]!(), round);
      await Promise.all([callers.settled(), snapshot]);
    }
  } finally {
    await callers.stop();
  }
  await quiet(site);
  await makeSnapshot(site.broker());

  const ledger = await openLedgerAt(site.broker());
  const commits = await ledger.commits();
  const nowMs = Date.now();
  const events = commits.flatMap((commit) => commit.events);
  const marks = readMarks(marksFile);
  const { digest } = createSealer([site.secretKey]);
  // As libs/http/command-meta.ts has it.
  const idOf = (key: string) => digest('command id', site.servers[0]!.token, key).slice(0, 22);
  const faults = [
    ...journal.faults,
    ...commandFaults(events, journal.sent, idOf),
    ...occurrenceFaults(events, nowMs),
    ...runFaults(events, marks),
    ...idFaults(events),
    ...schemaFaults(events),
    ...(await snapshotFaults(ledger, commits)),
  ];
  const rebuilt = await site.emptyReadModels();
  await rebuildReadModels(ledger.log, rebuilt, events.length);
  await ledger.close();
  await site.stopServers();
  faults.push(...(await rowFaults(site.readModels, rebuilt)), ...site.faults);
  folder.remove();
  return {
    faults,
    answered: journal.sent.length,
    longestOutageMs: longestOutageMs(journal),
    figures: linesOf({ rounds, journal, events, commits: commits.length, marks }),
  };
}

const describe = ({ harm: how, target, frozenMs }: Round, index: number) =>
  `round ${index + 1}: ${how} ${target}${frozenMs > 0 ? ` for ${(frozenMs / 1000).toFixed(1)} s` : ''}`;

/** Waits until nothing is due or under way any more. */
async function quiet({ servers }: Site): Promise<void> {
  const client = clientOf(servers[0]!);
  const itemsOf = ({ json }: Answer) => (json as { items: { state: string }[] }).items;
  await until(
    () => client.get('scheduled_jobs'),
    (answer) => itemsOf(answer).length === 0,
  );
  await until(
    () => client.get('jobs?limit=1000&order_by=name&order=desc'),
    (answer) => itemsOf(answer).every(({ state }) => ENDED.has(state)),
  );
}

const ENDED = new Set(['finished', 'failed', 'stopped']);
