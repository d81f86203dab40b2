import { toFailure } from '#writer';
import type { CommandMessage, OutcomeMessage, Receipt } from '#writer';

/** Sends what became of commands to the thread that gave them; outcomes of the same moment travel together. */
export function outcomes(send: (messages: string) => void) {
  let outgoing: OutcomeMessage[] = [];
  const flush = () => {
    const messages = outgoing;
    outgoing = [];
    send(JSON.stringify(messages));
  };
  const add = (message: OutcomeMessage) => {
    if (outgoing.length === 0) setImmediate(flush);
    outgoing.push(message);
  };
  const follow = (id: CommandMessage['id'], receipt: Promise<Receipt>) => {
    receipt.then(
      (done) => add({ id, outcome: { receipt: done } }),
      (error: unknown) => add({ id, outcome: { failure: toFailure(error) } }),
    );
  };
  return Object.assign(follow, { flushed: () => new Promise((resolve) => setTimeout(resolve, 0)) });
}
