import type { RecordedEvent } from '#domain';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { movableClock } from '../platform/testing/movable-clock.js';
import type { MovableClock } from '../platform/testing/movable-clock.js';
import { until } from '../platform/testing/until.js';
import { ClockWatch } from './clock-watch.js';
import { eventsOf, meta, runTask, scheduleTask, startTestWriter } from './testing/writer.js';
import type { TestWriter } from './testing/writer.js';

const HOUR_MS = 3_600_000;

let nats: TestBroker;
let at: TestWriter;
beforeEach(async () => {
  nats = await startBroker();
});
afterEach(async () => {
  await at.stop();
  await nats.stop();
});

async function startOn(clock: MovableClock): Promise<TestWriter> {
  return (at = await startTestWriter(nats, { clock: new ClockWatch(clock) }));
}

const committed = (type: RecordedEvent['type']) => at.committed.filter((event) => event.type === type);
const steps = () => committed('daybook.writer.clock-stepped');
const fired = () => committed('daybook.scheduled-job.fired');
const timesOf = async ({ log }: TestWriter) => (await eventsOf(log)).map(({ time }) => Date.parse(time));

describe('a writer whose clock jumps ahead', () => {
  it('fires nothing early while the broker shows an earlier time, and goes on with all else', async () => {
    const clock = movableClock();
    const { writer } = await startOn(clock);
    await writer.execute(scheduleTask(clock.now() + HOUR_MS / 2), meta('due within the hour'));
    clock.step(HOUR_MS);
    await until(() => steps().length === 1);
    expect(steps()).toMatchObject([{ data: { followed: false }, actor: 'daybook', subject: 'writer' }]);

    const dueMs = Date.now() + 200;
    await writer.execute(scheduleTask(dueMs), meta('due soon'));
    await writer.execute(runTask(), meta());
    const startedAt = new Date().toISOString();
    await writer.report({ type: 'report-run', job: 1, node: 'a', kind: 'started', attempt: 1, startedAt }, meta());
    await until(() => fired().length === 1);
    expect(fired()).toMatchObject([{ data: { id: 2, occurrence: new Date(dueMs).toISOString() } }]);
    expect((await timesOf(at)).every((ms) => ms < Date.now() + HOUR_MS / 2)).toBe(true);

    clock.step(-HOUR_MS);
    await until(() => steps().length === 2);
    expect(steps()[1]).toMatchObject({ data: { followed: true } });
    expect(fired()).toHaveLength(1);
  });

  it('follows it where the broker shows that time too, and decides what has fallen due', async () => {
    const clock = movableClock(Date.now() - HOUR_MS);
    const { writer } = await startOn(clock);
    await writer.execute(scheduleTask(clock.now() + HOUR_MS / 2, 600), meta());
    clock.step(HOUR_MS);
    await until(() => fired().length === 1);
    expect(steps()).toMatchObject([{ data: { followed: true } }]);
    expect(committed('daybook.scheduled-job.skipped')).toMatchObject([{ data: { reason: 'misfire' } }]);
    const types = at.committed.map(({ type }) => type.replace('daybook.', ''));
    expect(types.indexOf('writer.clock-stepped')).toBeLessThan(types.indexOf('scheduled-job.skipped'));
  });
});

describe('a writer whose clock was set before its reign', () => {
  it('begins that by the time that the broker shows, so that no command id is forgotten before its time', async () => {
    const clock = movableClock();
    const { writer } = await startOn(clock);
    const { answer } = await writer.execute(runTask(), meta('a key'));
    await at.stop();
    const watch = new ClockWatch(clock);
    clock.step(25 * HOUR_MS);
    at = await startTestWriter(nats, { clock: watch });
    await at.writer.execute(runTask(), meta());
    expect((await at.writer.execute(runTask(), meta('a key'))).answer).toEqual(answer);
    expect(steps()).toMatchObject([{ data: { followed: false } }]);
    expect((await timesOf(at)).every((ms) => ms < Date.now() + HOUR_MS)).toBe(true);
  });
});

describe('a writer whose clock is set back', () => {
  it('lets the time of events stand until the clock has come there again, and says so', async () => {
    const clock = movableClock();
    const { writer } = await startOn(clock);
    await writer.execute(scheduleTask(), meta());
    clock.step(-HOUR_MS);
    await writer.execute(scheduleTask(), meta());
    await writer.execute(scheduleTask(), meta());
    const times = await timesOf(at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(steps()).toMatchObject([{ data: { followed: true } }]);
    const { from, to } = steps()[0]!.data as { from: string; to: string };
    expect(Math.round((Date.parse(to) - Date.parse(from)) / 1000)).toBe(-3600);
    expect(new Set(times.slice(2)).size).toBe(1);
  });

  it('fires what falls due by the clock as it shows now', async () => {
    const clock = movableClock();
    const { writer } = await startOn(clock);
    clock.step(-HOUR_MS);
    await until(() => steps().length === 1);
    const dueMs = clock.now() + 200;
    await writer.execute(scheduleTask(dueMs), meta());
    await until(() => fired().length === 1);
    expect(clock.now()).toBeGreaterThanOrEqual(dueMs);
    expect(fired()).toMatchObject([{ data: { occurrence: new Date(dueMs).toISOString() } }]);
  });
});

describe('a step of the clock', () => {
  it('while the broker does not answer is told once that does', async () => {
    const clock = movableClock();
    await startOn(clock);
    nats.signal('SIGSTOP');
    clock.step(-HOUR_MS);
    const answered = at.writer.execute(scheduleTask(), meta());
    nats.signal('SIGCONT');
    await answered;
    expect(steps()).toMatchObject([{ data: { followed: true } }]);
  });
});
