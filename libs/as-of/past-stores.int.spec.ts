import { readdirSync } from 'node:fs';
import type { RecordedEvent } from '#domain';
import type { EventLog, EventPlace } from '#event-log';
import { appendEvents } from '../projections/testing/log.js';
import { movableClock } from '../platform/testing/movable-clock.js';
import { until } from '../platform/testing/until.js';
import { temporaryFolder } from '../read-store/testing/databases.js';
import { History, timeOf } from '../read-store/testing/history.js';
import { fillStore } from './fill-store.js';
import type { FillOrder } from './fill-store.js';
import { NotYet } from './find-moment.js';
import { openPastStores, PastUnavailable } from './past-stores.js';
import type { Past, PastStores } from './past-stores.js';
import { commitsOf, startLogs } from './testing/logs.js';
import type { Logs } from './testing/logs.js';

const SCHEDULES = 20;
const HOUR_MS = 3_600_000;

/** The first event is about a subject, each other one a schedule more. */
function history(): readonly RecordedEvent[] {
  const written = new History().subject('admin', 'admin');
  for (let id = 1; id <= SCHEDULES; id++) written.schedule(id);
  return written.events;
}

const msOf = (number: number) => Date.parse(timeOf(number));
const schedules = async ({ queries }: Past) =>
  (await queries.scheduledJobs({ limit: 0, offset: 0, order: 'asc', orderBy: 'name' })).total;

describe('stores of the past', () => {
  const events = history();
  const last = events.length;
  let logs: Logs;
  let log: EventLog;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let orders: FillOrder[];
  let stores: PastStores;
  /** Of those who do not say when they leave. */
  let over: AbortController;

  const open = ({ maxBytes = 1e9, idleMs = 600_000, longWay = 1000 } = {}) =>
    openPastStores({
      log,
      clock: movableClock(msOf(last)),
      dir: folder.path,
      idleMs,
      longWay,
      fill(order, signal) {
        orders.push(order);
        return fillStore(order, { log, maxBytes, giveWay: () => Promise.resolve(), signal });
      },
    });
  const at = (wanted: EventPlace | number, leaving = over) =>
    stores.at(typeof wanted === 'number' ? { number: wanted } : wanted, leaving.signal);
  /** Asks, and has done with it. */
  const ask = async (number: number) => {
    const leaving = new AbortController();
    const total = await schedules(await at(number, leaving));
    leaving.abort();
    return total;
  };
  const files = () => readdirSync(folder.path);

  beforeAll(async () => {
    logs = await startLogs();
    log = await logs.of(commitsOf(events, [3, 1, 4]));
  });
  afterAll(() => logs.stop());
  beforeEach(async () => {
    folder = await temporaryFolder();
    orders = [];
    over = new AbortController();
    stores = open();
  });
  afterEach(async () => {
    over.abort();
    await stores.close();
    expect(files()).toEqual([]);
    await folder.remove();
  });

  it('show what was there after any event, also within a commit', async () => {
    expect(await Promise.all([0, 1, 2, 7, last].map(ask))).toEqual([0, 0, 1, 6, SCHEDULES]);
  });

  it('take a time for the last event up to it, and tell what time it is there', async () => {
    expect(await at({ timeMs: msOf(7) })).toMatchObject({ number: 7, nowMs: msOf(7) });
    expect(await at({ timeMs: msOf(8) - 1 })).toMatchObject({ number: 7, nowMs: msOf(8) - 1 });
    expect(await at(7)).toMatchObject({ number: 7, nowMs: msOf(7) });
    expect(await at({ timeMs: msOf(1) - 1 })).toMatchObject({ number: 0 });
    expect(await at({ timeMs: msOf(last) })).toMatchObject({ number: last });
    expect(orders.map(({ to }) => to)).toEqual([7, 0, last]);
  });

  it('know nothing of what is yet to come', async () => {
    await expect(at(last + 1)).rejects.toThrow(new NotYet(`an event number from 0 to ${last}`));
    const later = at({ timeMs: msOf(last) + HOUR_MS });
    await expect(later).rejects.toThrow(/^expected a time up to now, 2026-03-01T12:/);
  });

  it('take in what is stored later although it is of that time', async () => {
    await logs.of(commitsOf(events.slice(0, 5), [2]));
    const now = { timeMs: msOf(last) };
    expect(await at(now)).toMatchObject({ number: 5 });
    await appendEvents(log, [events.slice(5)], (await log.find({ number: 5 }))!.position);
    expect(await at(now)).toMatchObject({ number: last });
  });

  it('are made once for all who ask at the same time, and go on from the nearest one before', async () => {
    expect(await Promise.all([9, 9, 12, 9].map(ask))).toEqual([8, 8, 11, 8]);
    await ask(10);
    await ask(5);
    const began = orders.map(({ from, to, base }) => [from, to, base === null]);
    expect(began).toEqual([
      [0, 9, true],
      [9, 12, false],
      [9, 10, false],
      [0, 5, true],
    ]);
  });

  it('are kept for the next question, the six that were asked last', async () => {
    for (const number of [1, 2, 3, 4, 5, 6, 1, 7, 1, 3, 4, 5, 6, 7]) await ask(number);
    expect(orders.map(({ to }) => to)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await ask(2);
    expect(orders.map(({ to }) => to)).toEqual([1, 2, 3, 4, 5, 6, 7, 2]);
    await until(() => files().length === 6);
  });

  it('stay as long as somebody reads them', async () => {
    const leaving = new AbortController();
    const first = await at(3, leaving);
    for (const number of [4, 5, 6, 7, 8, 9, 10]) await ask(number);
    expect(await schedules(first)).toBe(2);
    await until(() => files().length === 7);
    leaving.abort();
    await until(() => files().length === 6);
  });

  it('leave one behind on a long way, so that moments a little before are near', async () => {
    stores = open({ longWay: 9 });
    expect(await ask(20)).toBe(19);
    expect(await ask(19)).toBe(18);
    expect(await ask(18)).toBe(17);
    expect(await ask(17)).toBe(16);
    expect(orders.map(({ from, to }) => [from, to])).toEqual([
      [0, 18],
      [18, 20],
      [18, 19],
      [0, 15],
      [15, 17],
    ]);
  });

  it('go when nobody has asked them for a while', async () => {
    stores = open({ idleMs: 1 });
    await ask(3);
    await until(() => files().length === 0);
    expect(await ask(3)).toBe(2);
  });

  it('are not made for those who have left, and others do not wait for that', async () => {
    const leaving = new AbortController();
    const left = [at(9, leaving), at(10, leaving)].map((past) => past.catch((error: Error) => error.name));
    const stays = ask(10);
    leaving.abort();
    expect(await Promise.all(left)).toEqual(['AbortError', 'AbortError']);
    expect(await stays).toBe(9);
    expect(await ask(9)).toBe(8);
  });

  it('are refused where there is no room for them, and tried again when they are asked again', async () => {
    stores = open({ maxBytes: 8192 });
    await expect(at(last)).rejects.toThrow(PastUnavailable);
    await expect(at(last)).rejects.toThrow('database or disk is full');
    expect(orders).toHaveLength(2);
  });
});
