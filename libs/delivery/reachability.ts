/** Before an app that could not be reached is tried again, for the first time and at most. */
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/** Whether there is a way to an app; where there is none it is looked for, at ever greater distances. */
export class Reachability {
  #isDown = false;
  #isClosed = false;
  #delayMs = FIRST_DELAY_MS;
  #timer: NodeJS.Timeout | null = null;

  /** @param probe looks for a way, and tells by `lost` or `found` */
  constructor(private readonly probe: () => void) {}

  get isDown(): boolean {
    return this.#isDown;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** There was no way; true: there had been one before. */
  lost(): boolean {
    if (this.#isClosed) return false;
    const isNew = !this.#isDown;
    this.#isDown = true;
    if (this.#timer === null) {
      this.#timer = setTimeout(() => this.#try(), this.#delayMs);
      this.#delayMs = Math.min(2 * this.#delayMs, LONGEST_DELAY_MS);
    }
    return isNew;
  }

  /** There may be a way: whoever goes next finds out. A further `lost` goes on where the last one was. */
  suppose(): void {
    this.#isDown = false;
    this.#clear();
  }

  /** There is a way. */
  found(): void {
    this.suppose();
    this.#delayMs = FIRST_DELAY_MS;
  }

  /** Looks at once for the way that it would look for later. */
  tryNow(): void {
    if (this.#timer !== null) this.#try();
  }

  close(): void {
    this.#isClosed = true;
    this.#clear();
  }

  #try(): void {
    this.#clear();
    this.probe();
  }

  #clear(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
  }
}
