import type { Broker } from '#broker';
import type { Logger } from '#platform';
import { freeBytes } from './disk-room.js';

const EVERY_MS = 1000;

/** With less than this, writes of nats-server may have failed already. */
const TIGHT_BYTES = 16 * 1024 * 1024;

/** With this much, nats-server comes up again and can take what is outstanding. */
const ENOUGH_BYTES = 64 * 1024 * 1024;

/** How long the log may give no verdict while nats-server answers otherwise, and the disk has not been seen full. */
const PATIENCE_MS = 10_000;

/** Brings an embedded nats-server back that has stopped storing. */
export interface StorageRepair {
  /** The log gives no verdict, or (false) gives verdicts again. */
  noteTrouble(isPresent: boolean): void;
  close(): void;
}

/**
 * A stream that nats-server could not write once, as on a full disk, takes nothing more until that is started anew,
 * also after there is room again. It is started anew when a disk that was full has room, and when it answers but gives
 * no verdict for long.
 */
export function repairStorage(broker: Broker, dataDir: string, logger: Logger): StorageRepair {
  let wasTight = false;
  let troubleSinceMs: number | null = null;
  let isChecking = false;

  async function check(): Promise<void> {
    const free = await freeBytes(dataDir);
    if (free < TIGHT_BYTES) {
      if (!wasTight) logger.warn({ freeBytes: free }, 'the disk is full; nats-server is started anew once it is not');
      wasTight = true;
    }
    const isStuck = troubleSinceMs !== null && performance.now() - troubleSinceMs >= PATIENCE_MS;
    const isWorthwhile = wasTight ? free >= ENOUGH_BYTES : isStuck && (await broker.isReachable());
    if (!isWorthwhile) return;
    logger.warn(`${wasTight ? 'the disk has room again' : 'it stores nothing'}; nats-server is started anew`);
    await broker.restart();
    wasTight = false;
    if (troubleSinceMs !== null) troubleSinceMs = performance.now();
  }

  const timer = setInterval(() => {
    if (isChecking) return;
    isChecking = true;
    check()
      .catch((error: unknown) => logger.error({ err: error }, 'nats-server could not be started anew'))
      .finally(() => (isChecking = false));
  }, EVERY_MS).unref();
  if (!broker.embedded) clearInterval(timer);

  return {
    noteTrouble(isPresent) {
      troubleSinceMs = isPresent ? (troubleSinceMs ?? performance.now()) : null;
    },
    close: () => clearInterval(timer),
  };
}
