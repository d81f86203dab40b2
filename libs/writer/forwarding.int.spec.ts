import { Refusal } from '#domain';
import { startBroker } from '../../test/setup/broker.js';
import { forwardCommand } from './forwarding.js';
import { meta, scheduleTask } from './testing/writer.js';

describe('a command for a writer elsewhere', () => {
  it('that is too large for a message is refused as the writer would refuse it', async () => {
    const nats = await startBroker();
    const nc = await nats.connect('test');
    const command = { ...scheduleTask(), description: 'x'.repeat(nc.info!.max_payload) } as ReturnType<
      typeof scheduleTask
    >;
    const forwarded = forwardCommand(nc, 1, { command, meta: meta() });
    await expect(forwarded).rejects.toThrow(Refusal);
    await expect(forwarded).rejects.toMatchObject({
      reason: { code: 'command-too-large', limit: nc.info!.max_payload },
    });
    await nats.stop();
  });

  it('waits for an answer while there is no connection', async () => {
    const nats = await startBroker();
    const nc = await nats.connect('test');
    const disconnected = (async () => {
      for await (const { type } of nc.status()) if (type === 'disconnect') return;
    })();
    nats.signal('SIGKILL');
    await disconnected;
    const failure = await forwardCommand(nc, 1, { command: scheduleTask(), meta: meta() }).catch(
      (error: Error) => error.name,
    );
    expect(['TimeoutError', 'RequestError']).toContain(failure);
    await nats.stop();
  });
});
