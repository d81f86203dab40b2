import type { Job, NodeProgress, State } from '#domain';

/** A node of a job that may run now. */
export interface Release {
  readonly job: Job;
  readonly node: string;
  readonly progress: NodeProgress;
}

interface Cursor {
  readonly nodes: Iterator<readonly [string, NodeProgress]>;
  active: number;
}

/**
 * Which nodes of a job may run: in the order of the request, no more at a time than the job's concurrency. A node
 * keeps its place until it has ended, so that the same state always releases the same nodes.
 */
export class Releases {
  readonly #cursors = new Map<number, Cursor>();

  /** What may run of a job that has just been met. */
  first(job: Job): Release[] {
    this.#cursors.set(job.id, { nodes: job.nodes[Symbol.iterator](), active: 0 });
    return this.#release(job);
  }

  /** What may run now that a node of the job has ended. */
  next(state: State, jobId: number): Release[] {
    const cursor = this.#cursors.get(jobId);
    const job = state.jobs.get(jobId);
    if (!cursor || !job) {
      this.#cursors.delete(jobId);
      return [];
    }
    cursor.active--;
    return this.#release(job);
  }

  #release(job: Job): Release[] {
    const cursor = this.#cursors.get(job.id)!;
    const released: Release[] = [];
    while (cursor.active < (job.spec.concurrency ?? Infinity)) {
      const next = cursor.nodes.next();
      if (next.done === true) break;
      const [node, progress] = next.value;
      const mayRun = progress.state === 'running' || (progress.state === 'new' && !job.isStopping);
      if (!mayRun) continue;
      cursor.active++;
      released.push({ job, node, progress });
    }
    return released;
  }
}
