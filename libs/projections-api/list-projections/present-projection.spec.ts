import type { ProjectionState } from '../ports.js';
import { presentProjection } from './present-projection.js';

const STARTED_MS = Date.parse('2027-05-05T12:00:00.000Z');
const state: ProjectionState = {
  name: 'orchestrator',
  version: 3,
  position: 90,
  stopped: null,
  running: null,
  ended: null,
};

const running = (phase: 'folding' | 'comparing', done: number): ProjectionState => ({
  ...state,
  running: { id: 2, work: 'rebuild', startedMs: STARTED_MS, progress: { phase, done, total: 1000 } },
});

describe('a projection as it is shown', () => {
  it('is behind by the events that the log has more', () => {
    expect(presentProjection(state, 100, STARTED_MS)).toMatchObject({ position: 90, lag: 10 });
    expect(presentProjection(state, 80, STARTED_MS)).toMatchObject({ lag: 0 });
  });

  it.each([
    ['folding', 250, 10_000, 30],
    ['folding', 999, 10_000, 1],
    ['folding', 0, 10_000, null],
    ['comparing', 1000, 10_000, null],
  ] as const)('in the phase %s, with %i of 1000 events after %i ms, has %p s to go', (phase, done, afterMs, etaS) => {
    const { running: shown } = presentProjection(running(phase, done), 1000, STARTED_MS + afterMs);
    expect(shown).toEqual({
      id: 2,
      work: 'rebuild',
      started: '2027-05-05T12:00:00.000Z',
      phase,
      done,
      total: 1000,
      eta_seconds: etaS,
    });
  });

  it('tells in the end how many rows were unlike, or why nobody knows', () => {
    const ended = { id: 2, work: 'compare', startedMs: STARTED_MS, finishedMs: STARTED_MS + 1 } as const;
    const table = { table: 'jobs', live: 3, folded: 2, differences: 1, first: [{ id: 7 }] };
    const outcome = { position: 90, tables: [table, { ...table, table: 'nodes', differences: 4 }] };
    expect(presentProjection({ ...state, ended: { ...ended, outcome, failure: null } }, 90, 0).ended).toMatchObject({
      position: 90,
      differences: 5,
      failure: null,
    });
    const failed = { ...ended, outcome: null, failure: 'no room' };
    expect(presentProjection({ ...state, ended: failed }, 90, 0).ended).toMatchObject({
      position: null,
      differences: null,
      failure: 'no room',
      tables: [],
    });
  });
});
