import { createHash } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import type { ObjectInfo, ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { replicasOn, whenJetStreamIsUp } from '#broker';
import { ValueLost } from './port.js';
import type { LargeValues } from './port.js';

const BUCKET = 'DAYBOOK_VALUES';

/** Large values in the JetStream object store beside the log, each under its digest. */
export async function openJetStreamValues(nc: NatsConnection): Promise<LargeValues> {
  const replicas = replicasOn(nc);
  const bucket: ObjectStore = await whenJetStreamIsUp(() => new Objm(nc).create(BUCKET, { replicas }));
  const manager = await whenJetStreamIsUp(() => jetstreamManager(nc));

  /** Whether all pieces are there: a reader of the bucket would wait for missing ones forever. */
  async function isWhole({ nuid, chunks }: ObjectInfo): Promise<boolean> {
    const subject = `$O.${BUCKET}.C.${nuid}`;
    const { state } = await manager.streams.info(`OBJ_${BUCKET}`, { subjects_filter: subject });
    return (state.subjects?.[subject] ?? 0) === chunks;
  }

  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const info = await bucket.info(sha256);
      const isStored = info !== null && !info.deleted && (await isWhole(info));
      if (!isStored) await bucket.putBlob({ name: sha256 }, bytes, { timeout: 10_000 });
      return { sha256, size: bytes.length };
    },
    async *get(sha256) {
      const info = await bucket.info(sha256);
      const found = info !== null && (await isWhole(info)) ? await bucket.get(sha256) : null;
      if (!found) throw new ValueLost(`there is no large value ${sha256}`);
      const hash = createHash('sha256');
      try {
        for await (const piece of found.data) {
          hash.update(piece);
          yield piece;
        }
      } catch (error) {
        // The bucket's own digest; its client has no type for that.
        if (!/corrupt object/.test((error as Error).message)) throw error;
        throw new ValueLost(`large value ${sha256} has been changed`, { cause: error });
      }
      const actual = hash.digest('hex');
      if (actual !== sha256) throw new ValueLost(`large value ${sha256} has been changed: its digest is ${actual}`);
    },
  };
}
