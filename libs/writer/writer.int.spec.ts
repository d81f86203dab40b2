import { Refusal } from '#domain';
import { LOG_START, openJetStreamLog } from '#event-log';
import { startBroker } from '../../test/setup/broker.js';
import type { TestBroker } from '../../test/setup/broker.js';
import { movableClock } from '../platform/testing/movable-clock.js';
import { until } from '../platform/testing/until.js';
import { commitAfter } from '../event-log/testing/commits.js';
import { ClockWatch } from './clock-watch.js';
import { CommandFailed, NotAccepted, OutcomeUnknown } from './gateway.js';
import { recover, RecoveryFailed } from './recover.js';
import { eventsOf, meta, runTask, scheduleTask, spoilingCommand, startTestWriter } from './testing/writer.js';
import type { TestWriter } from './testing/writer.js';

let nats: TestBroker;
beforeEach(async () => {
  nats = await startBroker();
});
afterEach(() => nats.stop());

const idsOf = (receipts: readonly { answer: object }[]) =>
  receipts.map(({ answer }) => (answer as { scheduledJob: number }).scheduledJob);

describe('the writer', () => {
  it('opens each reign with an event that says who writes', async () => {
    await (await startTestWriter(nats)).stop();
    const second = await startTestWriter(nats);
    await second.stop();
    expect(await eventsOf(second.log)).toMatchObject([
      { id: '1', type: 'daybook.writer.opened', data: { reign: 1, program: 'test', logFormat: 1, keyCheck: 'key' } },
      { id: '2', type: 'daybook.writer.opened', data: { reign: 2 } },
    ]);
  });

  it('writes down the time-zone data of each reign', async () => {
    const opened: unknown[] = [];
    for (const timeZoneData of ['2026a', '2026b']) {
      const identity = { program: 'test', timeZoneData, keyChecks: ['key'] };
      const { log, stop } = await startTestWriter(nats, { identity });
      await stop();
      opened.push((await eventsOf(log)).at(-1));
    }
    expect(opened).toMatchObject([{ data: { timeZoneData: '2026a' } }, { data: { timeZoneData: '2026b' } }]);
  });

  it('has a command on disk before it answers', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    const receipt = await writer.execute(scheduleTask(), meta('first'));
    expect(receipt).toEqual({ answer: { kind: 'scheduled', scheduledJob: 1 }, position: 2 });
    expect((await eventsOf(log)).at(-1)).toMatchObject({ id: '2', causationid: 'first', actor: 'daybook' });
    await stop();
  });

  it('commits what comes together in few groups, numbered without a gap', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    const receipts = await Promise.all(Array.from({ length: 5000 }, () => writer.execute(scheduleTask(), meta())));
    expect(new Set(idsOf(receipts)).size).toBe(5000);
    expect(Math.max(...idsOf(receipts))).toBe(5000);
    const commits = (await Array.fromAsync(log.read(LOG_START))).flat();
    expect(commits.length).toBeLessThan(100);
    expect(commits.flatMap(({ events }) => events.map(({ id }) => Number(id)))).toEqual(
      Array.from({ length: 5001 }, (_, index) => index + 1),
    );
    await stop();
  });

  it('lets a refused command fail alone', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    const outcomes = await Promise.allSettled([
      writer.execute(scheduleTask(), meta()),
      writer.execute({ type: 'delete-scheduled-job', id: 77 }, meta()),
      writer.execute({ type: 'delete-scheduled-job', id: 1 }, meta()),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: expect.any(Refusal) as unknown },
      { status: 'fulfilled' },
    ]);
    expect(await eventsOf(log)).toHaveLength(3);
    await stop();
  });

  it('decides the same command id once, also after a restart', async () => {
    const first = await startTestWriter(nats);
    const receipt = await first.writer.execute(scheduleTask(), meta('same'));
    expect(await first.writer.execute(scheduleTask(), meta('same'))).toEqual(receipt);
    await first.stop();
    const second = await startTestWriter(nats);
    expect(await second.writer.execute(scheduleTask(), meta('same'))).toEqual(receipt);
    await expect(second.writer.execute(scheduleTask(), { ...meta('same'), bodyDigest: 'x' })).rejects.toThrow(Refusal);
    await second.stop();
    expect((await eventsOf(second.log)).filter(({ causationid }) => causationid === 'same')).toHaveLength(1);
  });

  it('refuses what would not fit in a commit, and writes nothing of it', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    const command = { ...scheduleTask(), description: '\0'.repeat(200_000) } as ReturnType<typeof scheduleTask>;
    await expect(writer.execute(command, meta())).rejects.toMatchObject({ reason: { code: 'command-too-large' } });
    expect(await writer.execute(scheduleTask(), meta())).toMatchObject({ answer: { scheduledJob: 1 } });
    expect(await eventsOf(log)).toHaveLength(2);
    await stop();
  });

  it('refuses a schedule whose firing would not fit, although the schedule itself does', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    const description = 'x'.repeat(log.maxCommitBytes - 2000);
    const command = { ...scheduleTask(), description } as ReturnType<typeof scheduleTask>;
    await expect(writer.execute(command, meta())).rejects.toMatchObject({ reason: { code: 'command-too-large' } });
    const shorter = { ...command, description: description.slice(4096) } as ReturnType<typeof scheduleTask>;
    expect(await writer.execute(shorter, meta())).toMatchObject({ answer: { scheduledJob: 1 } });
    await stop();
  });

  it('tells when there is more to decide than fits in a commit, and when no longer', async () => {
    const told: boolean[] = [];
    const { writer, stop } = await startTestWriter(nats, { onRush: (isOn) => told.push(isOn) });
    const large = () => ({ ...runTask(), description: 'x'.repeat(400_000) }) as ReturnType<typeof runTask>;
    await Promise.all(Array.from({ length: 6 }, () => writer.execute(large(), meta())));
    await stop();
    expect(told).toContain(true);
    expect(told.at(-1)).toBe(false);
  });

  it('divides no decision although several together are larger than a commit', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    const large = () => ({ ...runTask(), description: 'x'.repeat(400_000) }) as ReturnType<typeof runTask>;
    await Promise.all(Array.from({ length: 6 }, () => writer.execute(large(), meta())));
    const commits = (await Array.fromAsync(log.read(LOG_START))).flat();
    expect(commits.every(({ payload }) => payload.length <= log.maxCommitBytes)).toBe(true);
    expect(commits.flatMap(({ events }) => events)).toHaveLength(7);
    await stop();
  });

  it('finishes what it has accepted when it is closed, and accepts nothing more', async () => {
    const { writer, log, running } = await startTestWriter(nats);
    const accepted = Array.from({ length: 100 }, () => writer.execute(scheduleTask(), meta()));
    writer.close(2000);
    await expect(writer.execute(scheduleTask(), meta())).rejects.toThrow(NotAccepted);
    expect(idsOf(await Promise.all(accepted))).toHaveLength(100);
    await running;
    expect(await eventsOf(log)).toHaveLength(101);
  });

  it('takes no command beyond what its queue holds, but reports and what falls due', async () => {
    const { writer, committed, stop } = await startTestWriter(nats);
    await writer.execute(runTask(), meta());
    await writer.execute(scheduleTask(Date.now() + 200), meta());
    nats.signal('SIGSTOP');
    const outcomes = Array.from({ length: 30_000 }, () => writer.execute(scheduleTask(), meta()));
    const startedAt = new Date().toISOString();
    const report = { type: 'report-run', job: 1, node: 'a', kind: 'started', attempt: 1, startedAt } as const;
    const untilTaken = async () => {
      for (;;) {
        const receipt = await writer.report(report, meta('report')).catch((error: Error) => error);
        if (!(receipt instanceof Error)) return receipt;
        expect((receipt as NotAccepted).cause).not.toBe('busy');
      }
    };
    const reported = untilTaken();
    const refused = (await Promise.allSettled(outcomes.slice(25_000))).filter(
      (outcome) => outcome.status === 'rejected' && (outcome.reason as NotAccepted).cause === 'busy',
    );
    expect(refused).toHaveLength(5000);
    nats.signal('SIGCONT');
    await Promise.allSettled(outcomes);
    expect((await reported).position).toBeGreaterThan(0);
    await until(() => committed.some(({ type }) => type === 'daybook.scheduled-job.fired'));
    await stop();
  });

  it('takes no new command while the disk is full, but reports', async () => {
    let room = true;
    const { writer, stop } = await startTestWriter(nats, { hasRoom: () => room });
    await writer.execute(runTask(), meta());
    room = false;
    await expect(writer.execute(scheduleTask(), meta())).rejects.toMatchObject({ cause: 'disk-full' });
    const startedAt = new Date().toISOString();
    const report = { type: 'report-run', job: 1, node: 'a', kind: 'started', attempt: 1, startedAt } as const;
    expect(await writer.report(report, meta())).toMatchObject({ position: 4 });
    await stop();
  });
});

describe('due times', () => {
  it('fire when they are due, never before', async () => {
    const { writer, committed, stop } = await startTestWriter(nats);
    const dueMs = Date.now() + 300;
    await writer.execute(scheduleTask(dueMs), meta());
    await until(() => committed.some(({ type }) => type === 'daybook.scheduled-job.fired'));
    const fired = committed.find(({ type }) => type === 'daybook.scheduled-job.fired')!;
    expect(Date.parse(fired.time)).toBeGreaterThanOrEqual(dueMs);
    await stop();
  });

  it('are decided once each, also those that fell due while nobody wrote', async () => {
    const startMs = Date.parse('2027-01-01T00:00:00Z');
    const clock = movableClock(startMs);
    const first = await startTestWriter(nats, { clock: new ClockWatch(clock) });
    await Promise.all([
      first.writer.execute(scheduleTask(startMs + 60_000), meta()),
      first.writer.execute(scheduleTask(startMs + 60_000, 3600), meta()),
    ]);
    await first.stop();
    clock.pass(3 * 3_600_000);
    const second = await startTestWriter(nats, { clock: new ClockWatch(clock) });
    await until(() => second.committed.filter(({ type }) => type === 'daybook.job.created').length === 2);
    await second.stop();
    const decided = (await eventsOf(second.log)).filter(({ subject }) => subject === 'scheduled-job/2').slice(1);
    expect(decided).toMatchObject([
      { type: 'daybook.scheduled-job.skipped', data: { reason: 'misfire', count: 2 } },
      { type: 'daybook.scheduled-job.fired', data: { occurrence: '2027-01-01T02:01:00.000Z' } },
    ]);
  });

  it('that were missed a million times each are one skip of each schedule, and hold up no command', async () => {
    const startMs = Date.parse('2027-01-01T00:00:00Z');
    const clock = movableClock(startMs);
    const first = await startTestWriter(nats, { clock: new ClockWatch(clock) });
    const every = (intervalS: number) => first.writer.execute(scheduleTask(startMs + 60_000, intervalS), meta());
    await Promise.all([every(1), every(1), ...Array.from({ length: 2000 }, () => every(60))]);
    await first.stop();
    clock.pass(12 * 86_400_000);

    const second = await startTestWriter(nats, { clock: new ClockWatch(clock) });
    const missed = () =>
      second.committed.flatMap((event) =>
        event.type === 'daybook.scheduled-job.skipped' && event.data.reason === 'misfire' ? [event.data] : [],
      );
    await second.writer.execute(scheduleTask(), meta('in between'));
    expect(missed().length).toBeLessThan(2002);
    await until(() => missed().length >= 2002);
    await second.stop();
    expect(missed().map(({ id }) => id)).toEqual(Array.from({ length: 2002 }, (_, index) => index + 1));
    for (const { id, first: from, last, count } of missed()) {
      const intervalMs = id <= 2 ? 1000 : 60_000;
      expect(from).toBe(new Date(startMs + 60_000).toISOString());
      expect(Date.parse(last) - Date.parse(from)).toBe((count - 1) * intervalMs);
      expect(count).toBeGreaterThan((12 * 86_400_000) / intervalMs - 200);
    }
  });

  it('do not keep commands and reports waiting while many of them are caught up with', async () => {
    const clock = movableClock();
    const { writer, committed, stop } = await startTestWriter(nats, { clock: new ClockWatch(clock) });
    const dueMs = clock.now() + 60_000;
    await Promise.all(Array.from({ length: 10_000 }, () => writer.execute(scheduleTask(dueMs), meta())));
    clock.pass(61_000);
    await writer.execute(scheduleTask(), meta('in between'));
    const fired = committed.filter(({ type }) => type === 'daybook.scheduled-job.fired').length;
    expect(fired).toBeLessThan(10_000);
    await until(() => committed.filter(({ type }) => type === 'daybook.scheduled-job.fired').length === 10_000);
    await stop();
  });
});

describe('a writer whose broker is in trouble', () => {
  it('answers every command that it has stored, and stores every command that it answers, once', async () => {
    const { writer, log, running, stop } = await startTestWriter(nats);
    const answered: string[] = [];
    let sent = 0;
    let isSending = true;
    const stopped = running.finally(() => (isSending = false));
    const callers = Array.from({ length: 8 }, async () => {
      while (isSending) {
        const commandId = `command-${sent++}`;
        await writer.execute(scheduleTask(), meta(commandId)).then(
          () => answered.push(commandId),
          () => undefined,
        );
      }
    });
    for (const kill of [1, 2, 3]) {
      const before = answered.length;
      nats.signal('SIGKILL');
      await Promise.race([stopped, until(() => answered.length > before + 20 * kill)]);
    }
    isSending = false;
    await Promise.all(callers);
    await stop();
    const stored = (await eventsOf(log)).map(({ causationid }) => causationid);
    expect(new Set(stored).size).toBe(stored.length);
    expect(answered.filter((id) => !stored.includes(id))).toEqual([]);
  });

  it('says that an outcome is unknown when there is no verdict in time, keeps its state, and knows it later', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    nats.signal('SIGSTOP');
    await expect(writer.execute(scheduleTask(), meta('slow'))).rejects.toThrow(OutcomeUnknown);
    nats.signal('SIGCONT');
    expect(await writer.execute(scheduleTask(), meta('slow'))).toMatchObject({ answer: { scheduledJob: 1 } });
    await stop();
    const events = await eventsOf(log);
    expect(events.filter(({ causationid }) => causationid === 'slow')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'daybook.writer.opened')).toHaveLength(1);
  });

  it('says of a command that it never came to that it was not accepted', async () => {
    const taken = Promise.withResolvers<void>();
    const { writer, stop } = await startTestWriter(nats, { onTrouble: () => taken.resolve() });
    nats.signal('SIGSTOP');
    const first = writer.execute(scheduleTask(), meta());
    await taken.promise;
    const second = writer.execute(scheduleTask(), meta());
    await expect(second).rejects.toThrow(NotAccepted);
    await expect(first).rejects.toThrow(OutcomeUnknown);
    nats.signal('SIGCONT');
    await stop();
  });
});

describe('several writers on one log', () => {
  const reignsOf = async ({ log }: TestWriter) =>
    (await eventsOf(log)).filter(({ type }) => type === 'daybook.writer.opened').length;

  it('give no answer from a state that another has overtaken', async () => {
    const old = await startTestWriter(nats);
    await old.writer.execute(scheduleTask(), meta());
    const young = await startTestWriter(nats);
    await young.writer.execute({ type: 'delete-scheduled-job', id: 1 }, meta());
    await expect(old.writer.execute({ type: 'stop-job', id: 1, force: false }, meta())).rejects.toThrow(Refusal);
    await expect(old.writer.execute({ type: 'delete-scheduled-job', id: 1 }, meta())).rejects.toThrow(Refusal);
    expect(await reignsOf(old)).toBeGreaterThanOrEqual(3);
    await Promise.all([old.stop(), young.stop()]);
  });

  it('that begin at the same moment begin their reigns one after the other', async () => {
    const writers = await Promise.all(Array.from({ length: 5 }, () => startTestWriter(nats)));
    const opened = (await eventsOf(writers[0]!.log)).map(({ data }) => (data as { reign: number }).reign);
    expect(opened).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(writers.map(({ writer }) => writer.reign)).size).toBe(5);
    await Promise.all(writers.map(({ stop }) => stop()));
  });

  it('count on from each other, whoever comes to write', async () => {
    const writers = [await startTestWriter(nats), await startTestWriter(nats)];
    const receipts = [];
    for (let round = 0; round < 6; round++) {
      receipts.push(await writers[round % 2]!.writer.execute(scheduleTask(), meta()));
    }
    expect(idsOf(receipts)).toEqual([1, 2, 3, 4, 5, 6]);
    await Promise.all(writers.map(({ stop }) => stop()));
  });
});

describe('what must not be written to', () => {
  it('is a log of a newer format', async () => {
    const log = await openJetStreamLog(await nats.connect('newer'));
    const commit = commitAfter(log, LOG_START);
    const event = (JSON.parse(Buffer.from(commit.payload).toString()) as object[])[0];
    const data = { reign: 1, program: 'newer', logFormat: 2, timeZoneData: '', keyCheck: 'key', clock: '' };
    const type = 'daybook.writer.opened';
    const payload = Buffer.from(JSON.stringify([{ ...event, type, dataschema: `/schemas/${type}/1`, data }]));
    await log.append({ ...commit, payload }, LOG_START);
    await expect(startTestWriter(nats)).rejects.toThrow('the log has format level 2, expected at most 1');
  });

  it('is a log that was written with another key', async () => {
    await (await startTestWriter(nats)).stop();
    const identity = { program: 'test', timeZoneData: '', keyChecks: ['other'] };
    await expect(startTestWriter(nats, { identity })).rejects.toThrow("check value 'other', expected 'key'");
  });

  it('is a log with an event that does not fold; the event is named', async () => {
    const log = await openJetStreamLog(await nats.connect('intruder'));
    const commit = commitAfter(log, LOG_START);
    const text = Buffer.from(commit.payload).toString().replaceAll('scheduled-job.deleted', 'job.started');
    await log.append({ ...commit, payload: Buffer.from(text) }, LOG_START);
    await expect(recover(log, null)).rejects.toThrow(RecoveryFailed);
    await expect(recover(log, null)).rejects.toThrow('event 1 (daybook.job.started)');
  });
});

describe('a poison command', () => {
  const poison = { ...runTask(), scope: { nodes: null } } as unknown as ReturnType<typeof runTask>;

  it('fails alone when it cannot be decided', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    const outcomes = await Promise.allSettled([
      writer.execute(scheduleTask(), meta()),
      writer.execute(poison, meta()),
      writer.execute(scheduleTask(), meta()),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((outcomes[1] as PromiseRejectedResult).reason).toBeInstanceOf(CommandFailed);
    expect(await eventsOf(log)).toHaveLength(3);
    await stop();
  });

  it('that spoils the state is refused from then on, and the others are decided on a clean one', async () => {
    const { writer, log, stop } = await startTestWriter(nats);
    const spoiling = spoilingCommand();
    const outcomes = await Promise.allSettled([
      writer.execute(scheduleTask(), meta()),
      writer.execute(spoiling, meta('spoiling')),
      writer.execute(scheduleTask(), meta()),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(writer.execute(spoiling, meta('spoiling'))).rejects.toThrow(CommandFailed);
    await stop();
    const types = (await eventsOf(log)).map(({ type }) => type.replace('daybook.', ''));
    expect(types).toEqual(['writer.opened', 'writer.opened', 'scheduled-job.scheduled', 'scheduled-job.scheduled']);
  });
});
