import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectTo } from '#broker';
import { HighWaterMark } from '#event-log';
import { openJetStreamValues } from '#large-values';
import { PROGRAM, systemClock } from '#platform';
import { openReadStore } from '#read-store';
import { createSealer, loadKeys } from '#sealing';
import { bundledModules, openCatalogue } from '#tasks';
import { adminSubject } from '../../../apps/server/admin.js';
import { startProjector } from '../../../apps/server/projector-host.js';
import { startWriter } from '../../../apps/server/writer-host.js';
import { ScheduleTask, ScheduleTaskHandler } from '../../../libs/orchestrator/schedule-task/schedule-task.handler.js';
import type { Bench, Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { NOBODY } from '../http-client.js';

const CALLERS = 256;
const WARM_UP_MS = 2000;
const MEASURED_MS = 5000;

/** Commands through the handler as its controller calls it; writer and projector in threads, as in the server. */
export const schedule: Load = async (bench) => {
  const { handler, owner } = await openHandler(bench);
  const stopping = new AbortController();
  const scheduledTime = new Date(Date.now() + 24 * 3_600_000).toISOString();
  let done = 0;
  const callers = Array.from({ length: CALLERS }, async () => {
    while (!stopping.signal.aborted) {
      const body = {
        task: 'echo',
        params: { message: 'hello' },
        scope: { nodes: [NOBODY] },
        scheduled_time: scheduledTime,
      };
      const meta = { commandId: randomUUID(), actor: `subject/${owner}`, correlationId: randomUUID() };
      await handler.execute(new ScheduleTask(body, owner, meta));
      done++;
    }
  });
  const measuring = async () => {
    await delay(bench.spanMs(WARM_UP_MS));
    const [doneBefore, startedMs] = [done, performance.now()];
    await delay(bench.spanMs(MEASURED_MS));
    const perS = ((done - doneBefore) * 1000) / (performance.now() - startedMs);
    stopping.abort();
    return perS;
  };
  const [schedulePerS] = await Promise.all([measuring(), ...callers]);
  return { schedule_per_s: schedulePerS };
};

/** The parts of a server that a command meets behind HTTP, put together as `apps/server/server.ts` does. */
async function openHandler(bench: Bench) {
  const dataDir = bench.newFolder();
  const { address, log } = await openBareLog(bench, dataDir);
  const connection = await connectTo(address, 'bench-handler');
  bench.undo.defer(() => connection.close());
  const mark = HighWaterMark.open(join(dataDir, 'log-mark.json'));
  // The projector finds the tables made, as the main thread of a server makes them.
  await (await openReadStore({ databaseUrl: null, dataDir })).close();
  const projector = await startProjector({ broker: address, databaseUrl: null, dataDir, logLevel: 'info' });
  bench.undo.defer(() => projector.close());
  const secretKeys = loadKeys(dataDir, null);
  const modules = { modulePath: [bundledModules], environmentPath: null };
  const thread = { broker: address, program: PROGRAM, secretKeys, storageDir: dataDir, logLevel: 'info' };
  const writer = await startWriter(
    { ...thread, ...modules, serverId: 'bench', isShared: false, agentGraceMs: 10_000 },
    {
      onCommitted: (position) => mark.note(position),
      onAgents: () => undefined,
      onLocalAgentSeen: () => undefined,
      onRecovered: () => undefined,
      onPlans: () => undefined,
      onPlanEvents: () => undefined,
      onDeliveries: () => undefined,
      onDeliveryChanges: () => undefined,
      onReported: () => undefined,
      onResigned: () => undefined,
      onTrouble: () => undefined,
      onFailed: (message) => bench.say(`the writer has failed: ${message}`),
    },
  );
  bench.undo.defer(() => writer.close(1000));
  const handler = new ScheduleTaskHandler({
    gateway: writer.gateway,
    presence: undefined as never,
    catalogue: openCatalogue(modules),
    plans: undefined as never,
    sealer: createSealer(secretKeys),
    largeValues: await openJetStreamValues(connection),
    clock: systemClock,
    publicUrl: null,
    positions: projector.positions,
    queries: undefined as never,
    past: undefined as never,
  });
  return { handler, owner: adminSubject(log.streamId).id };
}
