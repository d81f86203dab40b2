import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { schemaFaults } from '../../libs/schemas-api/testing/schema-faults.js';
import { clientOf, until } from '../api/client.js';
import type { Answer } from '../api/client.js';
import { newFolder } from '../setup/folder.js';
import { newDataDir } from '../setup/server.js';
import { openLedger } from './ledger.js';
import { storyFaults } from './plans.js';
import { readMarks, runFaults } from './runs.js';
import { superviseServer } from './supervised.js';

const FULL_ROUNDS = Number(process.env['DAYBOOK_HARM_ROUNDS'] ?? 0) / 2;
const ROUNDS = FULL_ROUNDS > 0 ? FULL_ROUNDS : 3;

const PLANS = 10;

/** About as long as the plans of a round take. */
const LONGEST_CALM_MS = 4000;

const ROUND_MS = 60_000;

/** How each of the plans ends. */
const RESULT = {
  loop: [true, true, true],
  inner: true,
  failed: 'puppetlabs.tasks/command-error',
  chosen: 2,
  last: true,
};

const stateOf = ({ json }: Answer) => (json as { state: string }).state;

async function killWhilePlansRun(): Promise<void> {
  await using undo = new AsyncDisposableStack();
  const dataDir = newDataDir();
  const folder = newFolder();
  const file = folder.path('marks');
  const faults: string[] = [];
  const env = { DAYBOOK_MODULEPATH: resolve('test/harm/modules') };
  undo.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  undo.defer(() => folder.remove());
  const server = await superviseServer({ dataDir, env }, faults);
  undo.defer(() => server.stop());
  const client = clientOf(server);
  const run = async () => {
    const { json } = await client.post('plan_run', { plan_name: 'mark::walk', params: { file, seconds: 0.3 } });
    return (json as { name: string }).name;
  };
  const ended = (name: string) =>
    until(
      () => clientOf(server).get(`plan_jobs/${name}`),
      (answer) => ['success', 'failure'].includes(stateOf(answer)),
    );

  const undisturbed = await run();
  expect((await ended(undisturbed)).json).toMatchObject({ state: 'success', result: RESULT });
  for (let round = 0; round < ROUNDS; round++) {
    const names = await Promise.all(Array.from({ length: PLANS }, run));
    await delay(randomInt(LONGEST_CALM_MS));
    process.kill(server.pid, 'SIGKILL');
    await server.revive();
    for (const name of names) {
      expect((await ended(name)).json).toMatchObject({ state: 'success', result: RESULT });
    }
  }

  const ledger = await openLedger(dataDir);
  const events = await ledger.events();
  await ledger.close();
  // Commands leave no mark.
  const ofCommands = new Set(
    events.flatMap(({ type, data }) =>
      type === 'daybook.job.created' && data.planJob?.action === 'command' ? [data.id] : [],
    ),
  );
  const marked = events.filter(
    ({ type, data }) => !type.startsWith('daybook.job.') || !ofCommands.has((data as { id: number }).id),
  );
  faults.push(...storyFaults(events, Number(undisturbed)), ...runFaults(marked, readMarks(join(file))));
  faults.push(...schemaFaults(events));
  expect(faults).toEqual([]);
}

describe(`plans under way while the server is killed (${ROUNDS} rounds)`, () => {
  it('end as they would have, and no task runs to its end twice', killWhilePlansRun, ROUND_MS * (ROUNDS + 1));
});
