import fc from 'fast-check';
import type { RecordedEvent } from '#domain';
import {
  createPlan,
  endPlan,
  message,
  runOn,
  startPlan,
  subPlanStarted,
  takeStep,
} from '../domain/plan-job/testing/plans.js';
import { History } from '../domain/testing/given.js';
import { follow, noPlans } from './progress.js';
import type { PlansInFlight } from './progress.js';

/** The events as the log has them, as far as the fold looks at them. */
const recorded = (history: History) =>
  history.events.map((event, index) => ({
    ...event,
    id: String(index + 1),
    time: '2027-05-05T12:00:00.000Z',
  })) as unknown as RecordedEvent[];

function fold(events: readonly RecordedEvent[]): PlansInFlight {
  const inFlight = noPlans();
  for (const event of events) follow(inFlight, event);
  return inFlight;
}

describe('the progress of plans', () => {
  it('has a run with how it ended on each node, and is brought on by its end only', () => {
    const history = new History();
    createPlan(history);
    startPlan(history);
    takeStep(history, 1, 1, runOn('a', 'b', 'c'));
    history.ended(1, 'a');
    history.ended(1, 'b', 'failed');
    history.errored(1, 'c');
    const inFlight = noPlans();
    const brought = recorded(history).map((event) => [event.type, follow(inFlight, event)]);
    expect(brought.filter(([, id]) => id === null).map(([type]) => type)).toEqual([
      'daybook.job.started',
      'daybook.job.node-started',
      'daybook.job.node-finished',
      'daybook.job.node-started',
      'daybook.job.node-failed',
      'daybook.job.node-errored',
    ]);
    const run = inFlight.plans.get(1)!.steps.get(1);
    expect(run).toMatchObject({ kind: 'run', nodes: ['a', 'b', 'c'], hasEnded: true });
    expect(
      [...(run as { ends: Map<string, { state: string }> }).ends].map(([node, { state }]) => [node, state]),
    ).toEqual([
      ['a', 'finished'],
      ['b', 'failed'],
      ['c', 'errored'],
    ]);
  });

  it('knows nothing of plans that run elsewhere, of other jobs, and of plans that have ended', () => {
    const history = new History();
    createPlan(history, {}, true);
    history.run(['a']);
    createPlan(history);
    startPlan(history, 2);
    takeStep(history, 2, 1, runOn('a'));
    endPlan(history, 2);
    history.ended(2, 'a');
    const inFlight = fold(recorded(history));
    expect([inFlight.plans.size, inFlight.jobs.size]).toEqual([0, 0]);
  });

  it('is what the state of the writer says, after any history', () => {
    type Move = (history: History) => unknown;
    const id = fc.integer({ min: 1, max: 4 });
    const step = fc.constantFrom(message, runOn('a'), runOn('a', 'b'), subPlanStarted);
    const move = fc.oneof(
      fc.boolean().map<Move>((elsewhere) => (history) => createPlan(history, {}, elsewhere)),
      id.map<Move>((plan) => (history) => startPlan(history, plan)),
      fc.tuple(id, step).map<Move>(
        ([plan, taken]) =>
          (history) =>
            takeStep(history, plan, (history.state.planJobs.get(plan)?.lastStep ?? 0) + 1, taken),
      ),
      fc.tuple(id, fc.constantFrom('a', 'b')).map<Move>((args) => (history) => history.ended(...args)),
      id.map<Move>((plan) => (history) => endPlan(history, plan, true)),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const history = new History();
        for (const make of moves) {
          try {
            make(history);
          } catch {
            // Refused: nothing has happened.
          }
        }
        const { plans, jobs } = fold(recorded(history));
        const here = [...history.state.planJobs.values()].filter(({ runsElsewhere }) => !runsElsewhere);
        expect([...plans.keys()]).toEqual(here.map((plan) => plan.id));
        for (const { id: plan, lastStep, code } of here) {
          const { steps, code: known } = plans.get(plan)!;
          expect([...steps.keys()]).toEqual(Array.from({ length: lastStep }, (_, index) => index + 1));
          expect(known).toEqual(code);
        }
        const running = [...history.state.jobs.values()].filter(({ planJob }) => plans.has(planJob ?? 0));
        expect([...jobs.keys()]).toEqual(running.map((job) => job.id));
      }),
    );
  });
});
