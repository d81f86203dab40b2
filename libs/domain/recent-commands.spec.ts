import type { RecordedEvent } from './event.js';
import { REMEMBERED_COUNT, REMEMBERED_MS, remember } from './recent-commands.js';
import type { RecentCommands } from './recent-commands.js';

describe('recent commands', () => {
  const deleted = (causationid: string) =>
    ({ type: 'daybook.scheduled-job.deleted', data: { id: 1 }, causationid }) as RecordedEvent;

  it('are forgotten after a day', () => {
    const recent: RecentCommands = new Map();
    remember(recent, deleted('old'), 1, 0);
    remember(recent, deleted('young'), 2, REMEMBERED_MS - 1);
    expect([...recent.keys()]).toEqual(['old', 'young']);
    remember(recent, deleted('new'), 3, REMEMBERED_MS);
    expect([...recent.keys()]).toEqual(['young', 'new']);
  });

  it('are no more than a million, the oldest leave first', () => {
    const recent: RecentCommands = new Map();
    for (let i = 0; i <= REMEMBERED_COUNT; i++) remember(recent, deleted(`${i}`), i, 0);
    expect(recent.size).toBe(REMEMBERED_COUNT);
    expect(recent.has('0')).toBe(false);
  });
});
