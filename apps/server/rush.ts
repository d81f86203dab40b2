import { BroadcastChannel } from 'node:worker_threads';

/** Between the threads of this process. */
const CHANNEL = 'daybook-rush';

/** Who waits is as far behind the writer as this, and no further, while it has all it can do. */
const GIVE_WAY_MS = 500;

/** Lets the writer's thread tell the others when it has more to decide than fits in a commit, and when no longer. */
export function announceRush() {
  const channel = new BroadcastChannel(CHANNEL);
  let wasOn = false;
  return {
    tell(isOn: boolean) {
      if (isOn !== wasOn) channel.postMessage(isOn);
      wasOn = isOn;
    },
    close: () => channel.close(),
  };
}

/** Listens to what the writer's thread tells. */
export function followRush() {
  const channel = new BroadcastChannel(CHANNEL);
  let over: PromiseWithResolvers<void> | null = null;
  channel.onmessage = (message) => {
    over?.resolve();
    over = (message as { readonly data: boolean }).data ? Promise.withResolvers() : null;
  };
  async function isOver(atMostMs: number): Promise<void> {
    if (over === null || atMostMs <= 0) return;
    const limit = setTimeout(over.resolve, atMostMs);
    await over.promise;
    clearTimeout(limit);
  }
  return {
    /**
     * Resolves at once where there is no rush, else when it is over, after `atMostMs` at the latest; a rush that was
     * waited for that long is not waited for again.
     */
    isOver,
    /** As `isOver`, for whoever makes something of an event, until half a second after it was decided at the latest. */
    giveWay: (decidedMs: number) => isOver(Math.min(GIVE_WAY_MS, decidedMs + GIVE_WAY_MS - Date.now())),
    close: () => channel.close(),
  };
}
