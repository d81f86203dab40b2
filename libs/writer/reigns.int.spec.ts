import { openJetStreamLog } from '#event-log';
import type { EventLog } from '#event-log';
import { openResolver } from '#inventory-query';
import { openLease } from '#lease';
import { createLogger, systemClock } from '#platform';
import { ClockWatch } from './clock-watch.js';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { until } from '../platform/testing/until.js';
import { forwardCommand, serveCommands } from './forwarding.js';
import { NotAccepted } from './gateway.js';
import { standForElection } from './reigns.js';
import { RoutedGateway } from './routed-gateway.js';
import { eventsOf, meta, scheduleTask } from './testing/writer.js';
import { Writer } from './writer.js';

let nats: TestBroker;
beforeEach(async () => {
  nats = await startBroker();
});
afterEach(() => nats.stop());

interface Candidate {
  readonly gateway: RoutedGateway;
  readonly log: EventLog;
  isReigning(): boolean;
  stop(): Promise<void>;
}

const logger = createLogger('test', 'silent');

/** What one process of several on a log does: it stands for election, and sends its commands to whoever reigns. */
async function stand(id: string): Promise<Candidate> {
  const connection = await nats.connect(id);
  const log = await openJetStreamLog(connection);
  const lease = await openLease(await nats.connect(`${id}-lease`), id);
  let isReigning = false;
  let stopServing: () => void = () => undefined;
  const reigns = standForElection({
    lease,
    logger,
    newWriter(claim) {
      const writer: Writer = new Writer({
        log,
        clock: new ClockWatch(systemClock),
        logger,
        resolver: openResolver(),
        identity: { program: id, timeZoneData: '2026a', keyChecks: ['key'] },
        onOpened({ reign }) {
          isReigning = true;
          stopServing();
          stopServing = serveCommands(connection, reign, (command, given) => writer.execute(command, given));
        },
        onCommitted: () => undefined,
        claim,
      });
      return writer;
    },
    onEnded() {
      isReigning = false;
      stopServing();
    },
  });
  const gateway = new RoutedGateway({
    async find() {
      const reign = (await lease.holder())?.reign ?? null;
      return reign === null ? null : (command, given) => forwardCommand(connection, reign, { command, meta: given });
    },
  });
  return {
    gateway,
    log,
    isReigning: () => isReigning,
    async stop() {
      reigns.close(1000);
      await reigns.done;
    },
  };
}

describe('several processes on one log', () => {
  it('have one writer, and commands find it from all of them', async () => {
    const [a, b] = [await stand('a'), await stand('b')];
    const receipts = await Promise.all([a, b, a, b].map(({ gateway }) => gateway.execute(scheduleTask(), meta())));
    expect(receipts.map(({ answer }) => (answer as { scheduledJob: number }).scheduledJob).toSorted()).toEqual([
      1, 2, 3, 4,
    ]);
    expect([a, b].filter((candidate) => candidate.isReigning())).toHaveLength(1);
    await Promise.all([a.stop(), b.stop()]);
    expect((await eventsOf(a.log)).filter(({ type }) => type === 'daybook.writer.opened').length).toBeLessThanOrEqual(
      2,
    );
  });

  it('go on when the writer stands down, and commands do not notice', async () => {
    const [a, b] = [await stand('a'), await stand('b')];
    await until(() => a.isReigning() || b.isReigning());
    const [first, second] = a.isReigning() ? [a, b] : [b, a];
    await second.gateway.execute(scheduleTask(), meta('before'));
    const stopped = first.stop();
    const after = await Promise.all(
      Array.from({ length: 50 }, (_, index) => second.gateway.execute(scheduleTask(), meta(`after-${index}`))),
    );
    expect(after).toHaveLength(50);
    await stopped;
    expect(second.isReigning()).toBe(true);
    const causes = (await eventsOf(second.log)).map(({ causationid }) => causationid);
    expect(new Set(causes).size).toBe(causes.length);
    await second.stop();
  });

  it('give a command that is sent again after a change its first answer', async () => {
    const a = await stand('a');
    const receipt = await a.gateway.execute(scheduleTask(), meta('same'));
    await a.stop();
    const b = await stand('b');
    expect(await b.gateway.execute(scheduleTask(), meta('same'))).toEqual(receipt);
    await b.stop();
  });

  it('stand down when they lose the lease while they read the log, and stand again', async () => {
    const connection = await nats.connect('slow');
    const log = await openJetStreamLog(connection);
    const rival = await openLease(await nats.connect('rival-lease'), 'rival');
    const lease = await openLease(await nats.connect('slow-lease'), 'slow');
    let opened = 0;
    const reigns = standForElection({
      lease,
      logger,
      newWriter: (claim) =>
        new Writer({
          // The first time it reads until it is told to stop, while another one gets the lease.
          log: opened++ > 0 ? log : { ...log, read: (_, signal) => robbed(signal!) },
          claim,
          clock: new ClockWatch(systemClock),
          logger,
          resolver: openResolver(),
          identity: { program: 'slow', timeZoneData: '2026a', keyChecks: ['key'] },
          onOpened: () => reigning.resolve(),
          onCommitted: () => undefined,
        }),
      onEnded: () => undefined,
    });
    const reigning = Promise.withResolvers<void>();
    async function* robbed(signal: AbortSignal): AsyncGenerator<never> {
      await until(async () => {
        await lease.release();
        return rival.acquire();
      });
      await until(() => signal.aborted);
      signal.throwIfAborted();
    }
    await reigning.promise;
    reigns.close(1000);
    await reigns.done;
  });

  it('say that nothing was taken when nobody writes', async () => {
    const a = await stand('a');
    await until(() => a.isReigning());
    await a.stop();
    await expect(a.gateway.execute(scheduleTask(), meta())).rejects.toThrow(NotAccepted);
  });
});
