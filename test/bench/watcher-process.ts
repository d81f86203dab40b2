import { connectTo } from '#broker';
import { LOG_START, openJetStreamLog } from '#event-log';
import { runAsHelper } from './helper-process.js';
import type { Watched, WatcherArgs } from './watcher.js';

await runAsHelper<WatcherArgs, Watched>(async function* ({ broker, type, count }, ready) {
  const log = await openJetStreamLog(await connectTo(broker, 'bench-watcher'));
  const subjects = new Set<string>();
  let latenessMs: number[] = [];
  let wanted = count;
  ready();
  for await (const commits of log.follow(LOG_START, new AbortController().signal)) {
    const nowMs = Date.now();
    for (const event of commits.flatMap((commit) => commit.events)) {
      if (event.type !== type) continue;
      if (subjects.has(event.subject)) throw new Error(`${type} was received twice for ${event.subject}`);
      subjects.add(event.subject);
      if (event.type === 'daybook.scheduled-job.fired') latenessMs.push(nowMs - Date.parse(event.data.occurrence));
    }
    if (subjects.size < wanted) continue;
    yield { latenessMs, lastMs: nowMs };
    latenessMs = [];
    wanted += count;
  }
});
