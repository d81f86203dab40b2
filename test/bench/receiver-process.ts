import { runAsHelper } from './helper-process.js';
import type { ReceiverArgs } from './loads/jobs.js';
import { startSimulatedAgent } from './simulated-agent.js';

/** Agents that are started at the same time. */
const AT_ONCE = 100;

await runAsHelper<ReceiverArgs, never>(async function* ({ broker, nodes, result }, ready) {
  const failing: Promise<never>[] = [];
  for (let started = 0; started < nodes.length; started += AT_ONCE) {
    const some = nodes.slice(started, started + AT_ONCE);
    const agents = await Promise.all(some.map((node) => startSimulatedAgent(broker, node, result)));
    failing.push(...agents.map(({ failed }) => failed));
  }
  ready();
  yield await Promise.race(failing);
});
