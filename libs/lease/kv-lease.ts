import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { KV, KvEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { replicasOn, whenJetStreamIsUp } from '#broker';
import type { Holder, Lease } from './lease.js';

const BUCKET = 'DAYBOOK_LEASE';
const KEY = 'writer.0';

/** The bucket's own limit of age: a limit of the key alone is lost with its first update. */
const TTL_MS = 2000;

/** A request while the connection is down costs its whole timeout. */
const TIMEOUT_MS = 600;

/** Opens the lease on a connection of its own, so that no large commit stands before it. */
export async function openLease(nc: NatsConnection, id: string): Promise<Lease> {
  // Read from the leader: a copy may be behind, and tell of a holder that is none any more.
  const options = { ttl: TTL_MS, replicas: replicasOn(nc), allow_direct: false };
  const kvm = new Kvm(jetstream(nc, { timeout: TIMEOUT_MS }));
  const bucket = await whenJetStreamIsUp(() => kvm.create(BUCKET, { ...options }));
  let revision = 0;
  let tenure = 0;

  const put = async (reign: number | null) => {
    const holder: Holder = { id, reign };
    const text = JSON.stringify(holder);
    revision = revision === 0 ? await bucket.create(KEY, text) : await bucket.update(KEY, text, revision, TIMEOUT_MS);
  };

  /** After a refusal: the write before it may have been ours, with its answer lost. */
  const adopt = async (): Promise<'ours' | 'free' | 'taken'> => {
    const entry = await current(bucket);
    if (!entry) {
      revision = 0;
      tenure++;
      return 'free';
    }
    if (holderOf(entry).id !== id) return 'taken';
    revision = entry.revision;
    return 'ours';
  };

  return {
    async acquire() {
      revision = 0;
      tenure++;
      try {
        await put(null);
        return true;
      } catch {
        return adopt().then(
          (found) => found === 'ours',
          () => false,
        );
      }
    },
    async renew(reign) {
      for (const isLast of [false, true]) {
        try {
          await put(reign);
          return 'held';
        } catch {
          const found = await adopt().catch(() => 'unknown' as const);
          if (found === 'taken') return 'lost';
          if (found === 'unknown' || isLast) return 'unknown';
        }
      }
      return 'unknown';
    },
    get tenure() {
      return tenure;
    },
    async holder() {
      const entry = await current(bucket);
      return entry ? holderOf(entry) : null;
    },
    async release() {
      if (revision > 0) await bucket.delete(KEY, { previousSeq: revision }).catch(() => undefined);
      revision = 0;
    },
  };
}

async function current(bucket: KV): Promise<KvEntry | null> {
  const entry = await bucket.get(KEY);
  return entry?.operation === 'PUT' ? entry : null;
}

function holderOf(entry: KvEntry): Holder {
  return entry.json<Holder>();
}
