import type { Api } from './api.js';
import { eventLine, isEndOfNode } from './event-line.js';
import { followJob } from './follow-job.js';
import type { JobKind } from './job-kinds.js';
import { nodeProgress } from './node-progress.js';
import type { JsonOption, Say } from './show.js';

/** What of a job of either kind is read here; plan jobs have no nodes of their own. */
interface Watched {
  readonly state: string;
  readonly node_count?: number;
  readonly node_states?: Readonly<Record<string, number>>;
}

/** Says what happens to a job from now on until it has ended. */
export async function watchJob(api: Api, kind: JobKind, id: string, { json }: JsonOption, say: Say): Promise<void> {
  const progress = nodeProgress();
  const { state } = await followJob<Watched>(api, kind, id, null, {
    onStart({ state, node_count, node_states = {} }) {
      if (!json) say(`${kind.noun} ${id}: ${state}`);
      const { new: waiting = 0, running = 0 } = node_states;
      if (node_count !== undefined) progress.start(node_count, node_count - waiting - running);
    },
    onEvent(event) {
      const line = json ? JSON.stringify(event) : eventLine(event);
      progress.clear();
      if (line !== null) say(line);
      if (isEndOfNode(event)) progress.step();
    },
  });
  progress.clear();
  if (!json) say(`${kind.noun} ${id}: ${state}`);
  if (state !== kind.goodEnd) process.exitCode = 1;
}
