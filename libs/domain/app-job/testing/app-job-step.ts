import fc from 'fast-check';
import type { History } from '../../testing/given.js';
import type { AppJobSpec } from '../events.js';
import { answer, appJobSpec, ofJob, schedule } from './app-jobs.js';

const name = fc.constantFrom('j', 'k', 'ä');
const small = fc.integer({ min: 1, max: 6 });

export const anyAppJobSpec: fc.Arbitrary<Partial<AppJobSpec>> = fc.record({
  schedule: fc.constantFrom('@every 7s', '@every 40m', '*/9 * * * * *', 'TZ=Europe/Berlin 0 30 2 * * *', null),
  dueTime: fc
    .option(fc.constantFrom('0s', '-1h', '90s', 'PT3S', '2027-05-05T12:00:10Z'), { freq: 3 })
    .map((dueTime) => dueTime ?? '5s'),
  ttl: fc.constantFrom(null, null, '30s', '2h'),
  repeats: fc.constantFrom(null, 1, 3),
  failurePolicy: fc.constantFrom<AppJobSpec['failurePolicy']>(
    null,
    { drop: {} },
    { constant: { maxRetries: 1 } },
    { exponential: { interval: '2s', maxRetries: 2 } },
  ),
  overlap: fc.constantFrom<AppJobSpec['overlap']>('queue', 'skip', 'allow', 'cancel-running'),
  misfire: fc.constantFrom<AppJobSpec['misfire']>(
    appJobSpec.misfire,
    { fire: 'last', thresholdMs: 10_000, limit: null },
    { fire: 'none', thresholdMs: 0, limit: null },
    { fire: 'all', thresholdMs: 1000, limit: 2 },
  ),
});

const data = fc.constantFrom(
  { payload: null, large: null },
  { payload: '{"a":1}', large: null },
  { payload: null, large: { sha256: 'a', size: 70_000 } },
);

/** One thing that happens to jobs of apps. */
export const appJobStep: fc.Arbitrary<(history: History) => unknown> = fc.oneof(
  fc.tuple(anyAppJobSpec, name, fc.boolean(), data).map(([spec, called, overwrite, said]) => {
    return (history: History) => schedule(history, spec, { name: called, overwrite, ...said });
  }),
  fc.tuple(fc.constantFrom('delete-app-job', 'pause-app-job', 'resume-app-job', 'trigger-app-job'), name).map(
    ([type, called]) =>
      (history: History) =>
        history.answer(ofJob(type, called)),
  ),
  fc.tuple(fc.constantFrom('taken', 'unknown', 'failed', 'failed'), fc.integer({ min: 0, max: 3 })).map(
    ([outcome, back]) =>
      (history: History) =>
        answer(history, outcome, history.state.lastRun - back),
  ),
  fc.tuple(fc.constantFrom('redeliver-run', 'discard-run'), small).map(
    ([type, run]) =>
      (history: History) =>
        history.answer({ type, app: 'a', run }),
  ),
  fc.constantFrom('', 'j').map((prefix) => (history: History) => {
    return history.answer({ type: 'delete-app-jobs', app: 'a', prefix, from: 0 });
  }),
  fc.constantFrom('a', 'b').map((id) => (history: History) => {
    return history.when({ type: 'define-app', app: { id, addresses: [], token: null, natsKey: null, callsAtOnce: 1 } });
  }),
  fc.constantFrom('a', 'b').map((id) => (history: History) => history.when({ type: 'remove-app', id })),
  small.map((id) => (history: History) => history.when({ type: 'replan-app-job', id })),
);
