import { setTimeout as delay } from 'node:timers/promises';

import { factsDigest } from '#agent-protocol';
import type { FactsMessage, Hello } from '#agent-protocol';
import type { Logger } from '#platform';

import type { Dispatch } from '../dispatch.js';
import { collectFacts } from './collect-facts.js';

const INTERVAL_MS = 30 * 60_000;

/** The facts of the node, as the agent found them last. */
export interface Facts {
  known(): Pick<Hello, 'factsDigest' | 'environment'>;
  /** Sends them, unless they are on their way, or are not taken. */
  send(): void;
}

export interface FactsOptions {
  readonly dispatch: Pick<Dispatch, 'facts'>;
  readonly env: NodeJS.ProcessEnv;
  readonly logger: Logger;
}

/** Collects the facts of the node now and every 30 minutes. */
export function followFacts({ dispatch, env, logger }: FactsOptions): Facts {
  let present: FactsMessage | null = null;
  let refused: FactsMessage | null = null;
  let isSending = false;

  async function collect(): Promise<void> {
    const { environment, facts } = await collectFacts(env, logger);
    const digest = factsDigest(facts);
    if (present?.digest === digest && present.environment === environment) return;
    present = { digest, takenAt: new Date().toISOString(), environment, facts };
  }

  async function send(facts: FactsMessage): Promise<void> {
    isSending = true;
    const taken = await dispatch.facts(facts).finally(() => (isSending = false));
    if (taken.refused === null) return;
    refused = facts;
    logger.warn(`the facts are not taken: ${taken.refused}`);
  }

  void (async () => {
    for (;;) {
      await collect().catch((error: unknown) => logger.warn({ err: error }, 'the facts cannot be collected'));
      await delay(INTERVAL_MS, undefined, { ref: false });
    }
  })();
  return {
    known: () => ({ factsDigest: present?.digest ?? null, environment: present?.environment ?? null }),
    send() {
      if (present !== null && present !== refused && !isSending)
        send(present).catch((error: unknown) => logger.warn({ err: error }, 'the facts cannot be told'));
    },
  };
}
