import { inTurn } from '#platform';
import { NotAccepted } from '#writer';

/** Who may wait, for about 10 s. */
const MAX_WAITING = 32;

/** Lets one at a time have its turn, in the order in which they came: hashing a password takes a whole processor. */
export class Turns {
  readonly #inTurn = inTurn();
  #waiting = 0;

  /** @throws NotAccepted when too many wait already */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) throw new NotAccepted('busy', 1);
    this.#waiting++;
    try {
      return await this.#inTurn(work);
    } finally {
      this.#waiting--;
    }
  }
}
