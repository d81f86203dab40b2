import { NotAccepted } from '#writer';

/** Who may wait, for about 10 s. */
const MAX_WAITING = 32;

/** Lets one at a time have its turn, in the order in which they came: hashing a password takes a whole processor. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @throws NotAccepted when too many wait already */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) throw new NotAccepted('busy', 1);
    this.#waiting++;
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting--;
    }
  }
}
