import { createHash } from 'node:crypto';
import { Objm } from '@nats-io/obj';
import type { ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import type { LargeValues } from './port.js';

const BUCKET = 'DAYBOOK_VALUES';

/** Large values in the JetStream object store beside the log, each under its digest. */
export async function openJetStreamValues(nc: NatsConnection): Promise<LargeValues> {
  const bucket: ObjectStore = await new Objm(nc).create(BUCKET);
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const isStored = (await bucket.info(sha256)) !== null;
      if (!isStored) await bucket.putBlob({ name: sha256 }, bytes, { timeout: 10_000 });
      return { sha256, size: bytes.length };
    },
    async *get(sha256) {
      const found = await bucket.get(sha256);
      if (!found) throw new Error(`there is no large value ${sha256}`);
      const hash = createHash('sha256');
      for await (const piece of found.data) {
        hash.update(piece);
        yield piece;
      }
      const actual = hash.digest('hex');
      if (actual !== sha256) throw new Error(`large value ${sha256} has been changed: its digest is ${actual}`);
    },
  };
}
