import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { CommandFailed } from './gateway.js';
import { eventsOf, meta, scheduleTask, spoilingCommand, startTestWriter } from './testing/writer.js';

/** More than one commit takes, so that the rest is decided while the first is on its way. */
const MANY = 2500;

const ids = Array.from({ length: MANY }, (_, index) => index + 1);

let nats: TestBroker;
beforeEach(async () => {
  nats = await startBroker();
});
afterEach(() => nats.stop());

describe('what is decided while a commit is on its way', () => {
  it('is decided again in its order, once, when another writer came before that commit', async () => {
    const old = await startTestWriter(nats);
    const young = await startTestWriter(nats);
    const receipts = await Promise.all(ids.map((id) => old.writer.execute(scheduleTask(), meta(String(id)))));
    await Promise.all([old.stop(), young.stop()]);
    expect(receipts.map(({ answer }) => answer)).toEqual(ids.map((id) => ({ kind: 'scheduled', scheduledJob: id })));
    const scheduled = (await eventsOf(old.log)).filter(({ type }) => type === 'daybook.scheduled-job.scheduled');
    expect(scheduled.map(({ causationid, data }) => [causationid, (data as { id: number }).id])).toEqual(
      ids.map((id) => [String(id), id]),
    );
  });

  it('leaves that commit and its callers as they are when it spoils the state', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    const spoiling = spoilingCommand();
    const before = ids.map(() => writer.execute(scheduleTask(), meta()));
    const spoiled = writer.execute(spoiling, meta('spoiling'));
    const after = writer.execute(scheduleTask(), meta());
    await expect(spoiled).rejects.toThrow(CommandFailed);
    await Promise.all([...before, after]);
    await stop();
    const types = (await eventsOf(log)).map(({ type }) => type.replace('daybook.', ''));
    expect(types.filter((type) => type === 'scheduled-job.scheduled')).toHaveLength(MANY + 1);
    expect(types.lastIndexOf('writer.opened')).toBeGreaterThan(1);
  });

  it('is told at its own time, not at that of the commit before', async () => {
    const { writer, committed, stop } = await startTestWriter(nats);
    const all = await Promise.all(ids.map(() => writer.execute(scheduleTask(), meta())));
    await stop();
    expect(all.map(({ position }) => position)).toEqual(ids.map((id) => id + 1));
    const times = committed.map(({ time }) => time);
    expect(times).toEqual(times.toSorted());
  });
});
