import { followProjections } from './projection-states.js';
import type { ToProjectorThread } from './projector-messages.js';

const start = () => {
  const posted: ToProjectorThread[] = [];
  let nowMs = 1000;
  const states = followProjections(
    (message) => posted.push(message),
    () => nowMs++,
  );
  states.apply({ type: 'opened', projections: ['a', 'b'].map((name) => ({ name, version: 2 })) });
  return { states, posted, of: (name: string) => states.list().find((state) => state.name === name)! };
};

const outcome = { position: 5, tables: [] };

describe('the states of projections', () => {
  it('are those that the thread tells', () => {
    const { states, of } = start();
    states.apply({ type: 'position', projection: 'a', position: 7 });
    states.apply({ type: 'stopped', projection: 'b', event: 3, reason: 'event 3: no' });
    expect(states.list()).toEqual([
      { name: 'a', version: 2, position: 7, stopped: null, running: null, ended: null },
      { name: 'b', version: 2, position: 0, stopped: { event: 3, reason: 'event 3: no' }, running: null, ended: null },
    ]);
    expect(states.troubles()).toEqual(['projection b has stopped: event 3: no']);
    states.apply({ type: 'position', projection: 'b', position: 3 });
    expect(of('b').stopped).toBeNull();
    expect(states.troubles()).toEqual([]);
  });

  it('have what is done beside, one at a time, until it has ended', () => {
    const { states, posted, of } = start();
    const begun = states.begin('rebuild', 'a');
    expect(begun).toMatchObject({ kind: 'begun', work: { id: 1, work: 'rebuild', startedMs: 1000 } });
    expect(posted).toEqual([{ type: 'work', id: 1, work: 'rebuild', projection: 'a' }]);
    const progress = { phase: 'comparing', done: 5, total: 5 } as const;
    states.apply({ type: 'progress', id: 1, progress });
    expect(of('a').running).toEqual({ id: 1, work: 'rebuild', startedMs: 1000, progress });
    expect(states.begin('compare', 'b')).toMatchObject({ kind: 'busy', projection: 'a', work: { work: 'rebuild' } });
    states.apply({ type: 'worked', id: 1, outcome });
    const ended = { id: 1, work: 'rebuild', startedMs: 1000, finishedMs: 1001, outcome, failure: null };
    expect(of('a')).toMatchObject({ running: null, ended });
    expect(states.begin('compare', 'b')).toMatchObject({ kind: 'begun', work: { id: 2 } });
    states.apply({ type: 'not-worked', id: 2, reason: 'no room' });
    expect(of('b')).toMatchObject({ running: null, ended: { outcome: null, failure: 'no room' } });
    expect(of('a')).toMatchObject({ ended });
  });

  it('have no work going on when the thread has failed', () => {
    const { states, of } = start();
    states.begin('rebuild', 'a');
    states.apply({ type: 'failed', message: 'gone' });
    expect(of('a')).toMatchObject({ running: null, ended: { outcome: null, failure: 'gone' } });
    states.apply({ type: 'failed', message: 'gone' });
  });
});
