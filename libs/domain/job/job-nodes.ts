import type { NodeState } from './events.js';

export interface NodeProgress {
  /** Place of the node in the job, from 0. */
  readonly index: number;
  state: NodeState;
  startedAt: string | null;
}

/** A job that has more nodes than this finds them by a map. */
const FEW = 8;

/** How far a job has come on each of its nodes, in the order of the request. */
export class JobNodes {
  /** By the node's place; one that nobody has asked for is new. */
  readonly #progress: NodeProgress[];
  #places: ReadonlyMap<string, number> | null = null;

  /** @param names each once */
  constructor(
    readonly names: readonly string[],
    progress: NodeProgress[] = [],
  ) {
    this.#progress = progress;
  }

  /** Undefined: it is none of the job's nodes. */
  get(name: string): NodeProgress | undefined {
    const index = this.#indexOf(name);
    return index < 0 ? undefined : this.#at(index);
  }

  *[Symbol.iterator](): IterableIterator<readonly [string, NodeProgress]> {
    for (const [index, name] of this.names.entries()) yield [name, this.#at(index)];
  }

  #indexOf(name: string): number {
    if (this.names.length <= FEW) return this.names.indexOf(name);
    this.#places ??= new Map(this.names.map((each, index) => [each, index]));
    return this.#places.get(name) ?? -1;
  }

  #at(index: number): NodeProgress {
    return (this.#progress[index] ??= { index, state: 'new', startedAt: null });
  }
}
