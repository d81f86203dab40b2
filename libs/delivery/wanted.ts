import type { Delivery } from './delivery.js';

/** Deliveries that are wanted, by their run and by their job. */
export class Wanted {
  readonly #byRun = new Map<number, Delivery>();
  readonly #byJob = new Map<number, Set<Delivery>>();

  get(run: number): Delivery | undefined {
    return this.#byRun.get(run);
  }

  has(delivery: Delivery): boolean {
    return this.#byRun.get(delivery.run) === delivery;
  }

  ofJob(job: number): readonly Delivery[] {
    return [...(this.#byJob.get(job) ?? [])];
  }

  /** In the place of another of the same run only once that was deleted. */
  add(delivery: Delivery): void {
    const { run, job, outlivesJob } = delivery.order;
    this.#byRun.set(run, delivery);
    if (outlivesJob) return;
    const ofJob = this.#byJob.get(job);
    if (ofJob) ofJob.add(delivery);
    else this.#byJob.set(job, new Set([delivery]));
  }

  /** Changes nothing where it is not wanted. */
  delete(delivery: Delivery): void {
    if (!this.has(delivery)) return;
    const { run, job, outlivesJob } = delivery.order;
    this.#byRun.delete(run);
    if (outlivesJob) return;
    const ofJob = this.#byJob.get(job)!;
    ofJob.delete(delivery);
    if (ofJob.size === 0) this.#byJob.delete(job);
  }

  /** Takes all of them out. */
  drain(): readonly Delivery[] {
    const all = [...this.#byRun.values()];
    this.#byRun.clear();
    this.#byJob.clear();
    return all;
  }
}
