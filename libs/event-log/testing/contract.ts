import { LOG_START, LogWentBackwards } from '../port.js';
import type { EventLog } from '../port.js';
import { appendCommits, COMMIT_TIME, commitAfter, readAll } from './commits.js';

/** What every adapter of the log must do; `open` gives a client of the same, at first empty, log each time. */
export function eventLogContract(open: () => Promise<EventLog>): void {
  let log: EventLog;
  beforeEach(async () => {
    log = await open();
  });

  it('is empty at first', async () => {
    expect(await log.headSequence()).toBe(0);
    expect(await readAll(log, LOG_START)).toEqual([]);
  });

  it('gives back what was appended, in order, each commit chained to the one before', async () => {
    const end = await appendCommits(log, LOG_START, [1, 3, 2]);
    const commits = await readAll(log, LOG_START);
    expect(commits.flatMap(({ events }) => events.map(({ id }) => id))).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(commits.map(({ firstNumber }) => firstNumber)).toEqual([1, 2, 5]);
    expect(commits[0]!.previousHash).toBe(LOG_START.hash);
    expect(commits[1]!.previousHash).toBe(commits[0]!.position.hash);
    expect(commits.at(-1)!.position).toEqual(end);
    expect(await log.headSequence()).toBe(end.sequence);
  });

  it('reads from any place on', async () => {
    const middle = await appendCommits(log, LOG_START, [2, 2]);
    await appendCommits(log, middle, [1, 1]);
    expect((await readAll(log, middle)).flatMap(({ events }) => events.map(({ id }) => id))).toEqual(['5', '6']);
  });

  it('gives the bytes of the same commits, unlooked at', async () => {
    const middle = await appendCommits(log, LOG_START, [1, 3]);
    await appendCommits(log, middle, [2, 1]);
    const stored = async (after: typeof LOG_START) => (await Array.fromAsync(log.readStored(after))).flat();
    const expected = (await readAll(log, LOG_START)).map(({ id, firstNumber, previousHash, payload, position }) => {
      return { sequence: position.sequence, id, firstNumber, previousHash, payload };
    });
    expect(await stored(LOG_START)).toEqual(expected);
    expect(await stored(middle)).toEqual(expected.slice(2));
    expect(await stored(await log.before(99))).toEqual(expected.slice(-1));
  });

  it('finds the place before any event', async () => {
    expect(await log.before(1)).toEqual(LOG_START);
    const first = await appendCommits(log, LOG_START, [2]);
    const second = await appendCommits(log, first, [3]);
    await appendCommits(log, second, [1, 4, 2, 1]);
    const places = [1, 2, 3, 4, 5, 6].map((number) => log.before(number));
    expect(await Promise.all(places)).toEqual([LOG_START, LOG_START, first, first, first, second]);
    const firstRead = async (number: number) => (await readAll(log, await log.before(number)))[0]!.firstNumber;
    expect(await Promise.all([7, 10, 11, 13, 99].map(firstRead))).toEqual([7, 7, 11, 13, 13]);
  });

  it('finds the commit of any event, and the last one up to a time', async () => {
    const timeMs = Date.parse(COMMIT_TIME);
    expect(await log.find({ number: 1 })).toBeNull();
    expect(await log.find({ timeMs })).toBeNull();
    await appendCommits(log, LOG_START, [2, 3, 1, 4, 2]);
    const commits = await readAll(log, LOG_START);
    const found = await Promise.all([1, 2, 3, 5, 6, 7, 10, 12].map((number) => log.find({ number })));
    expect(found).toEqual([0, 0, 1, 1, 2, 3, 3, 4].map((index) => commits[index]));
    expect(await log.find({ number: 99 })).toEqual(commits.at(-1));
    expect(await log.find({ number: 0 })).toBeNull();
    expect(await log.find({ timeMs })).toEqual(commits.at(-1));
    expect(await log.find({ timeMs: timeMs - 1 })).toBeNull();
  });

  it('tells the time by the clock of its leader, here that of this machine', async () => {
    const beforeMs = Date.now();
    const timeMs = await log.timeMs();
    expect(timeMs).toBeGreaterThanOrEqual(beforeMs - 1);
    expect(timeMs).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('keeps its id', async () => {
    expect((await open()).streamId).toBe(log.streamId);
  });

  it('fences a commit whose place is taken, and stores nothing of it', async () => {
    const end = await appendCommits(log, LOG_START, [1]);
    expect(await log.append(commitAfter(log, LOG_START), LOG_START)).toEqual({ kind: 'fenced' });
    expect((await readAll(log, LOG_START)).at(-1)!.position).toEqual(end);
  });

  it('lets exactly one of several writers have a place', async () => {
    const rivals = await Promise.all([open(), open(), open(), open()]);
    const verdicts = await Promise.all(rivals.map((rival) => rival.append(commitAfter(rival, LOG_START), LOG_START)));
    expect(verdicts.filter(({ kind }) => kind === 'stored')).toHaveLength(1);
    expect(await readAll(log, LOG_START)).toHaveLength(1);
  });

  it('stores the identical commit once, and finds it also where others came after it', async () => {
    const commit = commitAfter(log, LOG_START);
    const first = await log.append(commit, LOG_START);
    expect(await log.append(commit, LOG_START)).toEqual(first);
    await appendCommits(log, (first as { position: typeof LOG_START }).position, [1, 1]);
    expect(await log.append(commit, LOG_START)).toEqual(first);
    expect(await readAll(log, LOG_START)).toHaveLength(3);
  });

  it('takes a commit of the largest size', async () => {
    const empty = commitAfter(log, LOG_START).payload.length;
    const commit = commitAfter(log, LOG_START, 1, 'x'.repeat(log.maxCommitBytes - empty));
    expect(commit.payload.length).toBe(log.maxCommitBytes);
    expect(await log.append(commit, LOG_START)).toMatchObject({ kind: 'stored' });
    expect((await readAll(log, LOG_START))[0]!.payload.length).toBe(log.maxCommitBytes);
  });

  it('follows what comes later', async () => {
    const done = new AbortController();
    const seen: string[] = [];
    let position = await appendCommits(log, LOG_START, [1]);
    for await (const commits of log.follow(LOG_START, done.signal)) {
      seen.push(...commits.flatMap(({ events }) => events.map(({ id }) => id)));
      if (position.number === 4) done.abort();
      else position = await appendCommits(log, position, [1]);
    }
    expect(seen).toEqual(['1', '2', '3', '4']);
  });

  it('shows followers nothing of a commit that was fenced', async () => {
    const done = new AbortController();
    const seen: string[] = [];
    const followed = (async () => {
      for await (const commits of log.follow(LOG_START, done.signal)) {
        seen.push(...commits.map(({ id }) => id));
        if (seen.length === 2) done.abort();
      }
    })();
    const first = commitAfter(log, LOG_START);
    const verdict = await log.append(first, LOG_START);
    await log.append(commitAfter(log, LOG_START), LOG_START);
    const { position } = verdict as { position: typeof LOG_START };
    const second = commitAfter(log, position);
    await log.append(second, position);
    await followed;
    expect(seen).toEqual([first.id, second.id]);
  });

  it('confirms a place that it has, and refuses one that it has lost or never had', async () => {
    const end = await appendCommits(log, LOG_START, [1, 1]);
    await log.confirm(LOG_START);
    await log.confirm(end);
    await expect(log.confirm({ ...end, sequence: end.sequence + 1 })).rejects.toThrow(LogWentBackwards);
    await expect(log.confirm({ ...end, hash: LOG_START.hash })).rejects.toThrow(LogWentBackwards);
  });

  it('refuses to append or read after a place beyond its end', async () => {
    const end = await appendCommits(log, LOG_START, [1]);
    const beyond = { ...end, number: end.number + 1, sequence: end.sequence + 1 };
    await expect(log.append(commitAfter(log, beyond), beyond)).rejects.toThrow(LogWentBackwards);
    await expect(readAll(log, beyond)).rejects.toThrow(LogWentBackwards);
  });
}
