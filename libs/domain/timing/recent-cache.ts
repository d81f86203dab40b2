/** Values by key, of which those used lately are kept: the last `limit` for certain, never more than twice as many. */
export class RecentCache<K, V> {
  #recent = new Map<K, V>();
  #older = new Map<K, V>();

  constructor(private readonly limit: number) {}

  /** Undefined: it was not kept, or never there. */
  get(key: K): V | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    if (this.#recent.size >= this.limit) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, value);
  }
}
