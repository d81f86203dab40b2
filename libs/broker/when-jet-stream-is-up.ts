import { setTimeout as delay } from 'node:timers/promises';

/** How long a broker may take to bring JetStream up; a cluster that elects its leaders takes up to 10 s. */
const SET_UP_MS = 15_000;

/**
 * Asks until there is an answer: a server that has just started, or a stream without a leader, answers for a while as
 * if there were no JetStream.
 * @throws what the last try threw, after 15 s
 */
export async function whenJetStreamIsUp<T>(ask: () => Promise<T>): Promise<T> {
  const givenUpMs = performance.now() + SET_UP_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > givenUpMs) throw error;
      await delay(100);
    }
  }
}
