import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';

import { HELLO_MS, helloPauseMs } from '#agent-protocol';
import type { Hello, Welcome } from '#agent-protocol';
import type { Logger } from '#platform';

import type { Dispatch } from './dispatch.js';

export interface Greeting {
  readonly nats: NatsConnection;
  readonly dispatch: Pick<Dispatch, 'hello'>;
  readonly logger: Logger;
  /** What is true at this moment. */
  readonly hello: () => Omit<Hello, 'againMs'>;
  readonly onWelcome: (welcome: Welcome) => void;
}

const NOT_WELCOME = 'no server answers, or this agent is revoked; trying on';

/**
 * Says hello as often as the server has asked for, soon again where none answers or a run waits for what it lacks, and
 * at once after a reconnect, as long as the connection is open.
 */
export function sayHello({ nats, dispatch, logger, hello, onWelcome }: Greeting): void {
  let isWelcome: boolean | null = null;
  let askedMs = HELLO_MS;
  let pausing = new AbortController();

  async function greet(againMs: number): Promise<boolean> {
    const isAnswered = await dispatch.hello({ ...hello(), againMs }).then(
      (welcome) => {
        askedMs = welcome.againMs ?? HELLO_MS;
        onWelcome(welcome);
        return true;
      },
      () => false,
    );
    if (isAnswered !== isWelcome) logger.info(isAnswered ? 'connected' : NOT_WELCOME);
    isWelcome = isAnswered;
    return isAnswered;
  }

  async function pause(ms: number): Promise<void> {
    pausing = new AbortController();
    const { signal } = pausing;
    for (let leftMs = ms; leftMs > 0 && !signal.aborted && !nats.isClosed(); leftMs -= HELLO_MS) {
      await delay(Math.min(leftMs, HELLO_MS), undefined, { signal }).catch(() => undefined);
      if (hello().wanted.length > 0) return;
    }
  }

  void (async () => {
    let unanswered = 0;
    while (!nats.isClosed()) {
      // It stands in a hello before it holds, so that nobody takes an agent that says hello less often for gone.
      const promisedMs = askedMs;
      unanswered = (await greet(promisedMs)) ? 0 : unanswered + 1;
      const mostMs = unanswered === 0 ? promisedMs : Math.min(promisedMs, HELLO_MS * 2 ** (unanswered - 1));
      await pause(helloPauseMs(mostMs));
    }
  })();
  void (async () => {
    for await (const status of nats.status()) if (status.type === 'reconnect') pausing.abort();
  })();
}
