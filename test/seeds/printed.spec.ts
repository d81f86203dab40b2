import type { JsonObject } from '#domain';
import { HOST, like, listIn, read } from './printed.js';
import * as pages from './quotes.js';

const LISTS = [
  ['scheduled jobs, PE 2018.1', pages.SCHEDULED_JOBS_2018.list, 2],
  ['scheduled jobs, PE 2019.8', pages.SCHEDULED_JOBS_2019.list, 4],
  ['jobs, PE 2016.2', pages.JOBS_2016.list, 1],
  ['nodes', pages.JOBS_2016.nodes, 1],
  ['ended nodes', pages.JOBS_2016.nodesEnded, 1],
  ['nodes that did not run', pages.JOBS_2016.nodesNotRun, 1],
  ['running nodes', pages.JOBS_2016.nodesRunning, 1],
  ['report', pages.JOBS_2016.report, 1],
  ['plan jobs, PE 2023', pages.PLAN_JOBS_2023.list, 2],
] as const;

describe('a printed answer', () => {
  it.each(LISTS)('is read as data: %s', (_, printed, count) => {
    expect(listIn(printed).items).toHaveLength(count);
  });

  it('keeps what it says where it is mended', () => {
    expect(listIn(pages.SCHEDULED_JOBS_2018.list).pagination).toEqual({ limit: 2, offset: 5, total: 15 });
    expect(read(pages.JOBS_2016.job)).toHaveProperty('options', {
      noop: false,
      concurrency: null,
      environment: 'production',
      target: "Forge['production']",
    });
  });
});

describe('an answer like a printed one', () => {
  const printed: JsonObject = {
    name: '7',
    id: `${HOST}/orchestrator/v1/jobs/7`,
    time: '2015-07-13T20:37:01Z',
    end: null,
    owner: { login: 'fred', role_ids: [1] },
  };
  const answer = {
    ...printed,
    name: '8',
    owner: { login: 'ann', role_ids: [], more: true },
    time: '2026-01-01T00:00:00Z',
  };

  it('may say something else at the same keys, and more', () => {
    expect(answer).toEqual(like(printed));
    expect({ ...answer, name: '7' }).toEqual(like(printed, ['name']));
    expect({ ...answer, end: 'now' }).toEqual(like(printed, [], { end: 'now' }));
  });

  it.each<[string, object]>([
    ['lacks a key', { owner: { login: 'ann' } }],
    ['has a text for an array', { owner: { login: 'ann', role_ids: '1' } }],
    ['has texts in an array of numbers', { owner: { login: 'ann', role_ids: ['1'] } }],
    ['has a number for a text', { name: 8 }],
    ['has a name that is no number', { name: 'eight' }],
    ['has no time for a time', { time: 'now' }],
    ['has a path for a URL', { id: '/orchestrator/v1/jobs/7' }],
    ['has something for null', { end: '2026-01-01T00:00:00Z' }],
  ])('is not one that %s', (_, over) => {
    expect({ ...answer, ...over }).not.toEqual(like(printed));
  });

  it('is not asked for by a key that is not printed', () => {
    expect(() => like(printed, ['nane'])).toThrow('not printed: nane');
  });

  it('is not one that says something else where it is to be the same', () => {
    expect(answer).not.toEqual(like(printed, ['name']));
  });
});
