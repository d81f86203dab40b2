import type { ScheduleChanges } from '../command.js';
import type { DeploySpec } from '../job/events.js';
import { ALL_NODES } from '../node-group/node-groups.js';
import { History, iso, spec, START_MS } from '../testing/given.js';

const edit = (history: History, changes: ScheduleChanges, id = 1) =>
  history.when({ type: 'edit-scheduled-job', id, changes });

const refusal = (code: string) =>
  expect.objectContaining({ reason: expect.objectContaining({ code }) as object }) as Error;

describe('an edit of a scheduled job', () => {
  it('replaces what it names and keeps the rest, also the phase', () => {
    const history = new History();
    history.schedule(1000, 60);
    history.after(1000);
    expect(edit(history, { description: 'new', scope: { nodes: ['b'] } })).toMatchObject([
      {
        type: 'daybook.scheduled-job.edited',
        data: { spec, scope: { nodes: ['b'] }, description: 'new', timing: null, nextRun: iso(START_MS + 61_000) },
      },
    ]);
    history.ended(1, 'a');
    expect(history.after(60_000)).toMatchObject([
      { data: { occurrence: iso(START_MS + 61_000), nextRun: iso(START_MS + 121_000) } },
      { data: { nodes: ['b'], description: 'new' } },
    ]);
  });

  it('with new times starts anew', () => {
    const history = new History();
    history.schedule(1000, 60);
    edit(history, { timing: { scheduledTimeMs: START_MS + 5000, intervalS: null } });
    expect(history.after(4000)).toEqual([]);
    expect(history.after(1000)).toMatchObject([{ data: { occurrence: iso(START_MS + 5000), nextRun: null } }, {}]);
  });

  it('keeps an overlap with the run that goes on', () => {
    const history = new History();
    history.schedule(1000, 60);
    history.after(1000);
    edit(history, { timing: { scheduledTimeMs: history.nowMs + 1000, intervalS: 60 } });
    expect(history.after(1000)).toMatchObject([{ data: { reason: 'overlap' } }]);
  });

  it('may change the environment alone', () => {
    const history = new History();
    history.schedule(1000);
    expect(edit(history, { environment: 'test' })).toMatchObject([
      { data: { spec: { task: 'echo', environment: 'test' } } },
    ]);
  });

  it('may end it, after what else it changes', () => {
    const history = new History();
    history.schedule(1000);
    history.schedule(1000);
    const types = (changes: ScheduleChanges, id: number) => edit(history, changes, id).map(({ type }) => type);
    expect(types({ isEnded: true }, 1)).toEqual(['daybook.scheduled-job.deleted']);
    expect(types({ isEnded: true, description: 'bye' }, 2)).toEqual([
      'daybook.scheduled-job.edited',
      'daybook.scheduled-job.deleted',
    ]);
    expect(() => edit(history, { isEnded: true })).toThrow(refusal('disabled-scheduled-job'));
    expect(history.after(1000)).toEqual([]);
  });

  it('ends one whose scope holds no node any more', () => {
    const history = new History();
    history.facts('a');
    history.when({
      type: 'define-node-group',
      group: { id: 'g', name: 'g', description: '', parent: ALL_NODES.id, rule: ['=', 'name', 'a'] },
    });
    history.scheduleScope({ node_group: 'g' }, START_MS + 1000);
    history.when({ type: 'delete-node-group', id: 'g' });
    expect(edit(history, { isEnded: true })).toMatchObject([{ type: 'daybook.scheduled-job.deleted' }]);
  });

  it.each<[string, ScheduleChanges, number]>([
    ['invalid-time', { timing: { scheduledTimeMs: START_MS - 1, intervalS: null } }, 1],
    ['empty-target', { scope: { nodes: [] } }, 1],
    ['query-error', { scope: { query: 'nodes {' } }, 1],
    ['other-type', { spec: { command: 'deploy' } as DeploySpec }, 1],
    ['disabled-scheduled-job', { description: 'x' }, 2],
    ['unknown-scheduled-job', { description: 'x' }, 3],
  ])('is refused as %s for %j', (code, changes, id) => {
    const history = new History();
    history.schedule(1000);
    history.schedule(1000);
    history.when({ type: 'delete-scheduled-job', id: 2 });
    const before = history.events.length;
    expect(() => edit(history, changes, id)).toThrow(refusal(code));
    expect(history.events.length).toBe(before);
  });
});
