import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { until } from '../platform/testing/until.js';
import { openLease } from './kv-lease.js';

let nats: TestBroker;
beforeEach(async () => {
  nats = await startBroker();
});
afterEach(() => nats.stop());

const leaseOf = async (id: string) => openLease(await nats.connect(id), id);

describe('the lease', () => {
  it('is held by one', async () => {
    const [a, b] = [await leaseOf('a'), await leaseOf('b')];
    expect(await a.holder()).toBeNull();
    expect((await Promise.all([a.acquire(), b.acquire()])).filter(Boolean)).toHaveLength(1);
  });

  it('tells its holder and the reign', async () => {
    const [a, b] = [await leaseOf('a'), await leaseOf('b')];
    await a.acquire();
    expect(await b.holder()).toEqual({ id: 'a', reign: null });
    expect(await a.renew(7)).toBe('held');
    expect(await b.holder()).toEqual({ id: 'a', reign: 7 });
  });

  it('runs out when it is not renewed, also after renewals', async () => {
    const [a, b] = [await leaseOf('a'), await leaseOf('b')];
    await a.acquire();
    await a.renew(1);
    await until(() => b.acquire());
    expect(await a.renew(1)).toBe('lost');
    expect(await b.holder()).toEqual({ id: 'b', reign: null });
  });

  it('is taken up again by a holder that slept and finds it free', async () => {
    const a = await leaseOf('a');
    await a.acquire();
    await until(async () => (await a.holder()) === null);
    expect(await a.renew(1)).toBe('held');
  });

  it('passes at once when it is given up', async () => {
    const [a, b] = [await leaseOf('a'), await leaseOf('b')];
    await a.acquire();
    await a.release();
    expect(await b.acquire()).toBe(true);
  });

  it('is still held by whom it was when the broker has been restarted', async () => {
    const a = await leaseOf('a');
    await a.acquire();
    nats.signal('SIGKILL');
    await until(async () => (await a.renew(1)) === 'held');
    expect(await a.holder()).toEqual({ id: 'a', reign: 1 });
  });
});
