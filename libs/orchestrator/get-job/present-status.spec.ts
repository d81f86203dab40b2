import fc from 'fast-check';
import type { JobEndState } from '#domain';
import { presentStatus } from './present-status.js';

const at = (second: number) => new Date(second * 1000).toISOString();

describe('the history of a job', () => {
  it('of one that finished shows new, ready, running and its end', () => {
    const times = { createdAt: at(1), startedAt: at(2), stoppingAt: null, finishedAt: at(5) };
    expect(presentStatus({ state: 'finished', ...times })).toEqual([
      { state: 'new', enter_time: '1970-01-01T00:00:01Z', exit_time: '1970-01-01T00:00:01Z' },
      { state: 'ready', enter_time: '1970-01-01T00:00:01Z', exit_time: '1970-01-01T00:00:02Z' },
      { state: 'running', enter_time: '1970-01-01T00:00:02Z', exit_time: '1970-01-01T00:00:05Z' },
      { state: 'finished', enter_time: '1970-01-01T00:00:05Z', exit_time: null },
    ]);
  });

  it('of one that was stopped shows that it was stopping', () => {
    const times = { createdAt: at(1), startedAt: at(2), stoppingAt: at(3), finishedAt: at(5) };
    const states = presentStatus({ state: 'stopped', ...times }).map(({ state }) => state);
    expect(states).toEqual(['new', 'ready', 'running', 'stopping', 'stopped']);
  });

  it('ends, whatever the times, with the present state and leaves no gap', () => {
    const time = fc.option(fc.nat(9).map(at));
    const end = fc.constantFrom<JobEndState>('finished', 'failed', 'stopped');
    fc.assert(
      fc.property(time, time, time, end, (startedAt, stoppingAt, finishedAt, endState) => {
        const state = finishedAt ? endState : stoppingAt ? 'stopping' : startedAt ? 'running' : 'ready';
        const status = presentStatus({ state, createdAt: at(0), startedAt, stoppingAt, finishedAt });
        expect(status.at(-1)).toMatchObject({ state, exit_time: null });
        status.slice(1).forEach((entry, i) => expect(status[i]!.exit_time).toBe(entry.enter_time));
      }),
    );
  });
});
