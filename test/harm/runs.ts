import { existsSync, readFileSync } from 'node:fs';
import type { NodeEndState, RecordedEvent } from '#domain';

/** What a task left behind when it came to its end. */
export interface Mark {
  readonly runId: string;
  readonly attempt: number;
}

export function readMarks(file: string): Mark[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [runId = '', attempt] = line.split(' ');
    return { runId, attempt: Number(attempt) };
  });
}

/** How runs ended, by job and place of the node in it. */
export function endsOf(events: readonly RecordedEvent[]): Map<string, NodeEndState[]> {
  const nodes = new Map<number, readonly string[]>();
  const ends = new Map<string, NodeEndState[]>();
  for (const { type, data } of events) {
    if (type === 'daybook.job.created') {
      nodes.set(data.id, data.nodes);
      data.nodes.forEach((_, index) => ends.set(`${data.id}-${index}`, []));
    }
    const end = /^daybook\.job\.node-(finished|failed|errored|skipped)$/.exec(type)?.[1];
    if (!end) continue;
    const { id, node } = data as { readonly id: number; readonly node: string };
    ends.get(`${id}-${nodes.get(id)!.indexOf(node)}`)!.push(end as NodeEndState);
  }
  return ends;
}

/**
 * Runs that did not end as they should, in words; none: each ended once in the log, each that finished there has left
 * its mark, and none has left it twice.
 */
export function runFaults(events: readonly RecordedEvent[], marks: readonly Mark[]): string[] {
  const faults: string[] = [];
  const ends = endsOf(events);
  const marked = Map.groupBy(marks, ({ runId }) => runId.slice(runId.indexOf('-') + 1));
  for (const [run, found] of marked) {
    if (!ends.has(run)) faults.push(`run ${run} came to its end, and is in no job`);
    if (found.length > 1) faults.push(`run ${run} came to its end ${found.length} times`);
  }
  for (const [run, states] of ends) {
    if (states.length !== 1) faults.push(`run ${run} ended ${states.length} times in the log (${states.join()})`);
    if (states[0] === 'finished' && !marked.has(run)) faults.push(`run ${run} finished, and left no mark`);
  }
  const created = events.filter(({ type }) => type === 'daybook.job.created').length;
  const finished = events.filter(({ type }) => type === 'daybook.job.finished').length;
  if (created !== finished) faults.push(`${created} jobs were created, and ${finished} have ended`);
  return faults;
}
