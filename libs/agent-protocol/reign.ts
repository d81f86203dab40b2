/** Names the reign that asks in every request to an agent. */
export const REIGN_HEADER = 'Daybook-Reign';

/** A reign of a log, as it travels. */
export function reignOf(streamId: string, reign: number): string {
  return `${streamId}/${reign}`;
}

/** Knows the youngest reign of the log that an agent works for, so that an older one is not obeyed any more. */
export class YoungestReign {
  #log = '';
  #reign = 0;

  /** Whether a request of this reign is to be obeyed; from then on no older one of the same log is. */
  admits(reign: string): boolean {
    const [log = '', number] = reign.split('/');
    if (log === this.#log && Number(number) < this.#reign) return false;
    this.#log = log;
    this.#reign = Number(number);
    return true;
  }
}
