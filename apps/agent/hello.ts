import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';

import type { Hello, Welcome } from '#agent-protocol';
import type { Logger } from '#platform';

import type { Dispatch } from './dispatch.js';

export interface Greeting {
  readonly nats: NatsConnection;
  readonly dispatch: Pick<Dispatch, 'hello'>;
  readonly logger: Logger;
  /** What is true at this moment. */
  readonly hello: () => Hello;
  readonly onWelcome: (welcome: Welcome) => void;
}

const INTERVAL_MS = 1_000;

const NOT_WELCOME = 'no server answers, or this agent is revoked; trying on';

/** Says hello once a second and at once after each reconnect, as long as the connection is open. */
export function sayHello({ nats, dispatch, logger, hello, onWelcome }: Greeting): void {
  let isWelcome: boolean | null = null;

  async function greet(): Promise<void> {
    const answered = await dispatch.hello(hello()).then(
      (welcome) => (onWelcome(welcome), true),
      () => false,
    );
    if (answered !== isWelcome) logger.info(answered ? 'connected' : NOT_WELCOME);
    isWelcome = answered;
  }

  void (async () => {
    while (!nats.isClosed()) {
      await greet();
      await delay(INTERVAL_MS);
    }
  })();
  void (async () => {
    for await (const status of nats.status()) if (status.type === 'reconnect') await greet();
  })();
}
