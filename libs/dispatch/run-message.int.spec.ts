import { randomBytes } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { DeploySpec, TaskSpec } from '#domain';
import { openJetStreamValues } from '#large-values';
import type { LargeValues } from '#large-values';
import { createSealer } from '#sealing';
import { bundledModules, openCatalogue } from '#tasks';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { spec } from '../domain/testing/given.js';
import { CannotSend } from './cannot-send.js';
import { runMessage } from './run-message.js';

let broker: TestBroker;
let nc: NatsConnection;
let largeValues: LargeValues;
beforeAll(async () => {
  broker = await startBroker();
  nc = await broker.connect('values');
  largeValues = await openJetStreamValues(nc);
});
afterAll(() => broker?.stop());

const catalogue = openCatalogue({ modulePath: [bundledModules], environmentPath: null });
const run = {
  id: 'log-1-0',
  job: 1,
  node: 'a',
  agent: 'a',
  waitsUntilMs: 0,
  isAccepted: false,
  isGivenUp: false,
  isEndedByAgent: false,
};
const messageOf = (changed: Partial<TaskSpec>, key = randomBytes(32)) =>
  runMessage(run, { ...spec, ...changed }, { catalogue, sealer: createSealer([key]), largeValues, onTask: () => {} });

describe('a run of Puppet', () => {
  it('is sent as it was asked for, and may be started again', async () => {
    const deploy: DeploySpec = {
      command: 'deploy',
      environment: 'staging',
      enforceEnvironment: true,
      noop: true,
      noNoop: false,
      flags: { trace: true, tags: 'web' },
      timeoutS: 60,
      concurrency: 2,
    };
    const { command: kind, concurrency: _, ...rest } = deploy;
    const parts = { catalogue, sealer: createSealer([randomBytes(32)]), largeValues, onTask: () => {} };
    expect(await runMessage(run, deploy, parts)).toEqual({ kind, runId: run.id, job: 1, rerun: true, ...rest });
  });
});

describe('a run whose parameters cannot be read', () => {
  it('because the large ones are lost cannot be sent', async () => {
    const params = await largeValues.put(Buffer.from(JSON.stringify({ message: 'x'.repeat(100_000) })));
    expect(await messageOf({ params })).toMatchObject({ runId: run.id, params });
    await (await jetstreamManager(nc)).streams.purge('OBJ_DAYBOOK_VALUES');
    const sent = messageOf({ params });
    await expect(sent).rejects.toThrow(CannotSend);
    await expect(sent).rejects.toThrow(`there is no large value ${params.sha256}`);
  });

  it('because another key sealed them cannot be sent', async () => {
    const key = randomBytes(32);
    const sealed = { commandId: 'c', values: { message: createSealer([key]).seal('c', 'message', 'secret') } };
    expect(await messageOf({ sealed }, key)).toMatchObject({ secrets: { message: 'secret' } });
    const sent = messageOf({ sealed });
    await expect(sent).rejects.toThrow(CannotSend);
    await expect(sent).rejects.toThrow('the sealed message');
  });
});
