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
});
