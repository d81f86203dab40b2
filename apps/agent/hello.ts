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
 * Says hello as often as the server has asked for, once a second where none answers, and at once after each reconnect,
 * as long as the connection is open.
 */
export function sayHello({ nats, dispatch, logger, hello, onWelcome }: Greeting): void {
  let isWelcome: boolean | null = null;
  let askedMs = HELLO_MS;
  /** It stands in the hello before it holds, so that nobody takes an agent that says hello less often for gone. */
  let promisedMs = HELLO_MS;
  let wake: () => void = () => undefined;

  async function greet(): Promise<boolean> {
    const answered = await dispatch.hello({ ...hello(), againMs: promisedMs }).then(
      (welcome) => {
        askedMs = welcome.againMs ?? HELLO_MS;
        onWelcome(welcome);
        return true;
      },
      () => false,
    );
    if (answered !== isWelcome) logger.info(answered ? 'connected' : NOT_WELCOME);
    isWelcome = answered;
    return answered;
  }

  /** Until so long has passed, or it is woken. */
  async function pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  void (async () => {
    while (!nats.isClosed()) {
      promisedMs = askedMs;
      await pause((await greet()) ? helloPauseMs(promisedMs) : HELLO_MS);
    }
  })();
  void (async () => {
    for await (const status of nats.status()) if (status.type === 'reconnect' && !(await greet())) wake();
  })();
}
