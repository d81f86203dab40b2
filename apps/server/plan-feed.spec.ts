import type { RecordedEvent } from '#domain';
import { createPlan, endPlan, message, runOn, startPlan, takeStep } from '../../libs/domain/plan-job/testing/plans.js';
import { History } from '../../libs/domain/testing/given.js';
import { PlanFeed, plansSince } from './plan-feed.js';

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

describe('the feed of plans', () => {
  it('has what plans and their jobs do, and nothing of other jobs', () => {
    const history = new History();
    createPlan(history);
    startPlan(history);
    history.run(['a']);
    takeStep(history, 1, 1, runOn('b'));
    takeStep(history, 1, 2, message);
    history.ended(1, 'a');
    history.ended(2, 'b');
    endPlan(history, 1);
    expect(typesOf(new PlanFeed().of(history.events as RecordedEvent[]))).toEqual([
      'daybook.plan-job.created',
      'daybook.plan-job.started',
      'daybook.job.created',
      'daybook.plan-job.message-sent',
      'daybook.job.node-finished',
      'daybook.job.finished',
      'daybook.plan-job.finished',
    ]);
  });

  it('goes on with the jobs that a state has in flight', () => {
    const history = new History();
    createPlan(history);
    startPlan(history);
    history.run(['a']);
    takeStep(history, 1, 1, runOn('b'));
    const feed = new PlanFeed();
    feed.reset(history.state);
    const before = history.events.length;
    history.ended(1, 'a');
    history.ended(2, 'b');
    const later = history.events.slice(before) as RecordedEvent[];
    expect(typesOf(feed.of(later))).toEqual(['daybook.job.node-finished', 'daybook.job.finished']);
  });

  it('begins with the oldest plan that is in flight here', () => {
    const history = new History();
    expect(plansSince(history.state)).toBeNull();
    createPlan(history, {}, true);
    createPlan(history);
    createPlan(history);
    expect(plansSince(history.state)).toBe(2);
    endPlan(history, 2);
    expect(plansSince(history.state)).toBe(3);
  });
});
