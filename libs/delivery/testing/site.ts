import type { NatsConnection } from '@nats-io/transport-node';
import { startBroker } from '../../../test/setup/broker.js';
import type { TestBroker } from '../../../test/setup/broker.js';
import type { DeliveriesOptions } from '../deliveries.js';
import { delivering } from './delivering.js';
import type { World } from './delivering.js';

/** A broker for the tests of a file, and what a test starts beside it, which ends with the test. */
export function site() {
  let broker: TestBroker;
  let nc: NatsConnection;
  let world: World;
  const started: { stop(): Promise<unknown> }[] = [];
  beforeAll(async () => {
    broker = await startBroker();
    nc = await broker.connect('delivery');
  });
  afterEach(async () => {
    for (const one of started.splice(0).reverse()) await one.stop();
  });
  afterAll(() => broker?.stop());
  return {
    get broker() {
      return broker;
    },
    get nc() {
      return nc;
    },
    /** The deliveries that were opened last. */
    get world() {
      return world;
    },
    async open(options: Partial<DeliveriesOptions> = {}) {
      const { deliveries } = (world = await delivering(nc, options));
      started.push({ stop: () => deliveries.close() });
      return deliveries;
    },
    /** What the test is to stop in the end. */
    async ending<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
      const one = await starting;
      started.push(one);
      return one;
    },
  };
}
