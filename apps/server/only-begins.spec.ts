import type { RecordedEvent } from '#domain';
import { onlyBegins } from './only-begins.js';

describe('a commit', () => {
  const event = (type: string, data: object = {}) => ({ type: `daybook.${type}`, data }) as unknown as RecordedEvent;
  const firing = [event('scheduled-job.fired'), event('job.created')];

  it('only begins things where schedules fire and are made', () => {
    expect(onlyBegins(firing)).toBe(true);
    expect(onlyBegins([event('app-job.scheduled', { replaces: null }), event('app-job.fired')])).toBe(true);
  });

  it('does no more where a checkpoint is signed among them', () => {
    expect(onlyBegins([...firing, event('log.checkpoint-signed')])).toBe(true);
  });

  it.each([
    ['a job is stopped', event('job.stopping')],
    ['a run is skipped', event('job.node-skipped')],
    ['a job of an app is deleted', event('app-job.deleted')],
    ['a job of an app takes the place of another', event('app-job.scheduled', { replaces: 7 })],
    ['a run ends others', event('app-job.fired', { supersedes: true })],
    ['a dead letter is discarded', event('app-job.discarded')],
  ])('does more where %s', (_, ending) => {
    expect(onlyBegins([...firing, ending])).toBe(false);
  });
});
