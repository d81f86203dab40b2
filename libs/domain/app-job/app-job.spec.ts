import { Refusal } from '../refusal.js';
import { History, iso, typesOf } from '../testing/given.js';
import type { AppJobSpec } from './events.js';
import { MAX_DEAD_LETTERS } from './report-delivery.js';
import { answer, appJobSpec, dataOf, firings, ofJob, schedule, scheduleCommand } from './testing/app-jobs.js';

const reasonOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('a job that says no times', () => {
  it.each<[string, Partial<AppJobSpec>, string]>([
    ['with five fields', { schedule: '* * * * *' }, 'expected exactly 6 fields, found 5'],
    ['with an unknown zone', { schedule: 'TZ=Moon/Base 0 0 0 * * *' }, 'Moon/Base'],
    ['with a zone before @every', { schedule: 'CRON_TZ=UTC @every 1s' }, '@every'],
    ['with a zone alone', { schedule: 'TZ=UTC' }, 'TZ=UTC'],
    ['with a plain duration', { schedule: '2h45m' }, '2h45m'],
    ['due at no time', { dueTime: 'soon' }, 'due time format not recognized'],
    ['due repeatedly', { dueTime: 'R3/PT1S' }, 'repeats not supported for due time'],
    ['with a ttl that is none', { schedule: '@every 1s', ttl: 'long' }, 'ttl format not recognized'],
    [
      'expiring before it is due',
      { schedule: '@every 1s', dueTime: '10s', ttl: '-5s' },
      'ttl must be greater than due time',
    ],
    ['with no repeats', { schedule: '@every 1s', repeats: 0 }, 'defined repeats must be greater than 0'],
    ['repeated without a schedule', { dueTime: '1s', repeats: 2 }, 'job must have a schedule to repeat'],
    ['expiring without a schedule', { dueTime: '1s', ttl: '9s' }, 'job must have a schedule to have a ttl'],
    ['on a day that never comes', { schedule: '0 0 0 30 2 *' }, 'has no occurrence'],
  ])('%s is refused', (_, spec, problem) => {
    const history = new History();
    const reason = reasonOf(() => schedule(history, spec));
    expect(reason).toMatchObject({ code: 'invalid-app-job', problem: expect.stringContaining(problem) as string });
    expect(history.events).toEqual([]);
  });

  it.each(['', '.', '..', 'a/b', 'a\\b', 'a#b', 'a?b', 'a\u0000b', 'a\u0085b', 'x'.repeat(513), 'ü'.repeat(257)])(
    'or is called %j is refused',
    (name) => {
      const reason = reasonOf(() => schedule(new History(), { dueTime: '1s' }, { name }));
      expect(reason).toMatchObject({ problem: expect.stringContaining('job name is invalid') as string });
    },
  );

  it.each(['a|b', 'a||b', 'A@b', 'a:b c', '%', 'x'.repeat(512), 'ü'.repeat(256)])(
    'is not meant where it is called %j',
    (name) => {
      const history = new History();
      schedule(history, { dueTime: '1s' }, { name });
      expect(history.state.appJobs.find('a', name)).toBeDefined();
    },
  );
});

describe('when a job is due', () => {
  it.each<[string, Partial<AppJobSpec>, number[]]>([
    ['dueTime only: once, then', { dueTime: '3s' }, [3000]],
    [
      'dueTime that has passed: at once',
      { dueTime: '2020-01-01T00:00:00Z' },
      [Date.UTC(2020, 0, 1) - new History().nowMs],
    ],
    ['dueTime that is negative: at once', { dueTime: '-5s' }, [-5000]],
    ['dueTime with repeats 1: once', { dueTime: '3s', repeats: 1 }, [3000]],
    ['an ISO 8601 duration', { dueTime: 'PT4S' }, [4000]],
    ['fractions of a second', { dueTime: '1.5s' }, [1500]],
    ['schedule only: never at its creation', { schedule: '@every 3s' }, [3000, 6000, 9000]],
    ['cron: on the clock', { schedule: '*/4 * * * * *' }, [4000, 8000]],
    [
      'schedule and dueTime: at dueTime, then by the schedule',
      { schedule: '*/4 * * * * *', dueTime: '1s' },
      [1000, 4000, 8000],
    ],
    ['@every and dueTime: in phase with dueTime', { schedule: '@every 3s', dueTime: '1s' }, [1000, 4000, 7000, 10_000]],
    ['repeats: counts dueTime too', { schedule: '@every 2s', dueTime: '1s', repeats: 3 }, [1000, 3000, 5000]],
    ['ttl: the occurrence at its end fires', { schedule: '@every 1s', ttl: '3s' }, [1000, 2000, 3000]],
    ['ttl: counts from dueTime', { schedule: '@every 2s', dueTime: '3s', ttl: '4s' }, [3000, 5000, 7000]],
    ['ttl: shorter than the first', { schedule: '@every 5s', ttl: '2s' }, []],
    ['ttl: equal to dueTime', { schedule: '@every 1s', dueTime: '2s', ttl: '0s' }, [2000]],
  ])('%s', (_, spec, expected) => {
    const history = new History();
    schedule(history, spec);
    expect(firings(history, 1000, 10)).toEqual(expected);
  });

  it.each<[string, Partial<AppJobSpec>]>([
    ['dueTime', { dueTime: '1s' }],
    ['repeats', { schedule: '@every 1s', repeats: 2 }],
    ['ttl', { schedule: '@every 1s', ttl: '2500ms' }],
    ['a ttl that no occurrence comes before', { schedule: '@every 5s', ttl: '2s' }],
  ])('it is gone after the last occurrence by %s', (_, spec) => {
    const history = new History();
    schedule(history, spec);
    firings(history, 1000, 10);
    expect(history.state.appJobs.size).toBe(0);
    expect(history.state.appRuns.size).toBe(0);
  });

  it('its occurrences are 1 ms apart at the least', () => {
    const history = new History();
    schedule(history, { schedule: '@every 0s' });
    expect(firings(history, 5, 1)).toEqual([1, 2, 3, 4, 5]);
  });

  it('one that cannot come before it expires is told of as skipped', () => {
    const history = new History();
    const [, skipped] = schedule(history, { schedule: '@every 5s', ttl: '2s' });
    expect(skipped).toMatchObject({ data: { reason: 'window', count: 1, endsJob: true } });
  });
});

describe('a name', () => {
  it('is one of its app, and is not taken twice', () => {
    const history = new History();
    schedule(history, { dueTime: '1s' });
    schedule(history, { dueTime: '1s' }, { app: 'b' });
    expect(reasonOf(() => schedule(history, { dueTime: '1s' }))).toEqual({
      code: 'app-job-exists',
      app: 'a',
      name: 'j',
    });
    expect(history.state.appJobs.size).toBe(2);
  });

  it('that is to be overwritten begins anew, and what was being delivered is forgotten', () => {
    const history = new History();
    schedule(history, { schedule: '@every 1s', repeats: 2 });
    history.after(1000);
    const [replaced] = schedule(history, { schedule: '@every 1s', repeats: 2 }, { overwrite: true });
    expect(replaced).toMatchObject({ data: { id: 2, replaces: 1 } });
    expect(answer(history, 'failed', 1, 1)).toEqual([]);
    expect(firings(history, 1000, 5)).toEqual([1000, 2000]);
  });

  it('changes its version with each change, and only a job in the wanted version is changed', () => {
    const history = new History();
    schedule(history, { dueTime: '1h' });
    const first = history.state.appJobs.find('a', 'j')!.version;
    history.when(ofJob('pause-app-job'));
    const second = history.state.appJobs.find('a', 'j')!.version;
    expect(second).toBeGreaterThan(first);
    const conflict = { code: 'version-conflict', app: 'a', name: 'j', version: second };
    const stale = { ...ofJob('delete-app-job'), ifVersion: [first] };
    expect(reasonOf(() => history.when(stale))).toEqual(conflict);
    const overwrite = scheduleCommand({ dueTime: '1s' }, { overwrite: true, ifVersion: [first] });
    expect(reasonOf(() => history.when(overwrite))).toEqual(conflict);
    history.when({ ...ofJob('delete-app-job'), ifVersion: [second] });
    expect(reasonOf(() => history.when(stale))).toEqual({ ...conflict, version: null });
    expect(reasonOf(() => history.when(ofJob('delete-app-job')))).toEqual({
      code: 'unknown-app-job',
      app: 'a',
      name: 'j',
    });
  });
});

describe('what an app answers', () => {
  it.each([
    ['taken', false],
    ['unknown', true],
  ] as const)('%s: the run has come to its end', (outcome, isUnknownToApp) => {
    const history = new History();
    schedule(history, { schedule: '@every 1s' });
    history.after(1000);
    expect(answer(history, outcome)).toMatchObject([
      { type: 'daybook.app-job.delivered', data: { run: 1, attempt: 1, isUnknownToApp, endsJob: false } },
    ]);
  });

  it('twice, or to an attempt that is not awaited, changes nothing', () => {
    const history = new History();
    schedule(history, { schedule: '@every 1s' });
    history.after(1000);
    expect(answer(history, 'failed', 1, 2)).toEqual([]);
    answer(history, 'failed', 1, 1);
    expect(answer(history, 'taken', 1, 1)).toEqual([]);
    answer(history, 'taken', 1, 2);
    expect(answer(history, 'taken', 1, 3)).toEqual([]);
    expect(answer(history, 'taken', 99, 1)).toEqual([]);
  });
});

/** What becomes of a run whose attempts all fail, each as soon as it is due: instants of the attempts after the first. */
function retries(
  failurePolicy: AppJobSpec['failurePolicy'],
  lateMs = 0,
  most = 8,
): { retries: number[]; last: string } {
  const history = new History();
  schedule(history, { dueTime: '0s', failurePolicy });
  const startMs = history.nowMs;
  history.after(lateMs);
  const found: number[] = [];
  for (;;) {
    const [event] = answer(history, 'failed', 1);
    if (event?.type !== 'daybook.app-job.attempt-failed' || found.length === most) {
      return { retries: found, last: typesOf([event!])[0]! };
    }
    found.push(Date.parse(event.data.retryAt) - startMs);
    history.nowMs = Math.max(history.nowMs, Date.parse(event.data.retryAt));
  }
}

describe('the failure policy', () => {
  it.each<[string, AppJobSpec['failurePolicy'], number[]]>([
    ['absent: three more, a second apart', null, [1000, 2000, 3000]],
    ['constant', { constant: { interval: '0.5s', maxRetries: 2 } }, [500, 1000]],
    ['constant without retries', { constant: { interval: '1s', maxRetries: 0 } }, []],
    ['constant without an interval: at once', { constant: { maxRetries: 2 } }, [0, 0]],
    ['drop', { drop: {} }, []],
  ])('%s', (_, policy, expected) => {
    expect(retries(policy)).toEqual({ retries: expected, last: 'app-job.given-up' });
  });

  it('constant without a number goes on', () => {
    expect(retries({ constant: { interval: '1s' } })).toEqual({
      retries: [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000],
      last: 'app-job.attempt-failed',
    });
  });

  it('constant counts from when an attempt was to be, so that what is late catches up', () => {
    expect(retries(null, 10_000).retries).toEqual([1000, 2000, 3000]);
  });

  it('exponential grows up to its longest distance, less up to a half of each', () => {
    const policy = { exponential: { interval: '1s', maxInterval: '3s', factor: 2, maxRetries: 4 } };
    const { retries: found, last } = retries(policy);
    expect(last).toBe('app-job.given-up');
    const distances = found.map((at, index) => at - (found[index - 1] ?? 0));
    [1000, 2000, 3000, 3000].forEach((longestMs, index) => {
      expect(distances[index]).toBeGreaterThanOrEqual(longestMs / 2);
      expect(distances[index]).toBeLessThanOrEqual(longestMs);
    });
    expect(new Set(distances).size).toBeGreaterThan(2);
  });

  it('given up: the occurrence counts as one of the repeats, and the next comes by the schedule', () => {
    const history = new History();
    schedule(history, { schedule: '@every 10s', repeats: 2, failurePolicy: { drop: {} } });
    history.after(10_000);
    expect(answer(history, 'failed')).toMatchObject([{ data: { endsJob: false } }]);
    expect(dataOf(history.after(10_000), 'daybook.app-job.fired')).toMatchObject([{ run: 2 }]);
    expect(answer(history, 'failed')).toMatchObject([{ data: { endsJob: true } }]);
    expect(history.state.appJobs.size).toBe(0);
  });
});

describe('a dead letter', () => {
  const given = () => {
    const history = new History();
    schedule(
      history,
      { dueTime: '0s', failurePolicy: { constant: { interval: '1s', maxRetries: 1 } } },
      { payload: '1' },
    );
    history.after(0);
    answer(history, 'failed');
    answer(history, 'failed');
    return history;
  };
  const ofRun = <T extends string>(type: T, app = 'a') => ({ type, app, run: 1 }) as const;

  it('outlives its job, and is delivered again under its own number', () => {
    const history = given();
    expect(history.state.appJobs.size).toBe(0);
    expect(history.answer(ofRun('redeliver-run'))).toEqual({ kind: 'run', run: 1 });
    expect(answer(history, 'taken', 1)).toMatchObject([{ data: { id: 1, run: 1, attempt: 3, endsJob: false } }]);
    expect(history.state.deadLetters.size).toBe(0);
  });

  it('has all its attempts again, and is one again after them', () => {
    const history = given();
    history.when(ofRun('redeliver-run'));
    expect(typesOf(answer(history, 'failed', 1))).toEqual(['app-job.attempt-failed']);
    expect(typesOf(answer(history, 'failed', 1))).toEqual(['app-job.given-up']);
    expect(typesOf(history.when(ofRun('redeliver-run')))).toEqual(['app-job.redelivered']);
  });

  it('is not asked for twice, is none of another app, and may be discarded at any time', () => {
    const history = given();
    const unknown = { code: 'unknown-run', run: 1 };
    expect(reasonOf(() => history.when(ofRun('redeliver-run', 'b')))).toEqual(unknown);
    history.when(ofRun('redeliver-run'));
    expect(reasonOf(() => history.when(ofRun('redeliver-run')))).toEqual(unknown);
    history.when(ofRun('discard-run'));
    expect(answer(history, 'taken', 1, 3)).toEqual([]);
    expect(reasonOf(() => history.when(ofRun('redeliver-run')))).toEqual(unknown);
  });
});

describe('dead letters', () => {
  it('are ten thousand at most; the oldest goes, by an event', () => {
    const history = new History();
    for (let index = 0; index <= MAX_DEAD_LETTERS; index++) {
      schedule(history, { dueTime: '0s', failurePolicy: { drop: {} } });
      history.after(0);
      const events = answer(history, 'failed');
      expect(typesOf(events).slice(1)).toEqual(index < MAX_DEAD_LETTERS ? [] : ['app-job.discarded']);
    }
    expect([history.state.deadLetters.size, history.state.deadLetters.has(1)]).toEqual([MAX_DEAD_LETTERS, false]);
  });
});

describe('a run that is being delivered while the next occurrence falls due', () => {
  const given = (overlap: AppJobSpec['overlap']) => {
    const history = new History();
    schedule(history, { schedule: '@every 1s', overlap });
    history.after(1000);
    return history;
  };

  it('queue: has the next one decided after its end, and all that were missed one after the other', () => {
    const history = given('queue');
    expect(history.after(2500)).toEqual([]);
    answer(history, 'taken');
    expect(dataOf(history.after(0), 'daybook.app-job.fired')).toMatchObject([
      { run: 2, occurrence: iso(history.nowMs - 1500) },
    ]);
    answer(history, 'failed');
    expect(history.after(0)).toEqual([]);
    answer(history, 'taken');
    expect(dataOf(history.after(0), 'daybook.app-job.fired')).toMatchObject([
      { run: 3, occurrence: iso(history.nowMs - 500) },
    ]);
  });

  it('skip: skips the next ones', () => {
    const history = given('skip');
    expect(history.after(2500)).toMatchObject([{ data: { reason: 'overlap', count: 2, isAtLeast: false } }]);
    answer(history, 'taken');
    expect(dataOf(history.after(500), 'daybook.app-job.fired')).toMatchObject([{ run: 2 }]);
  });

  it('allow: fires them beside it, and the job ends with the last of them', () => {
    const history = new History();
    schedule(history, { schedule: '@every 1s', overlap: 'allow', repeats: 3 });
    history.after(3000);
    expect([...history.state.appRuns].map(({ run }) => run)).toEqual([1, 2, 3]);
    expect(answer(history, 'taken', 2)).toMatchObject([{ data: { endsJob: false } }]);
    expect(answer(history, 'taken', 3)).toMatchObject([{ data: { endsJob: false } }]);
    expect(answer(history, 'taken', 1)).toMatchObject([{ data: { endsJob: true } }]);
  });

  it('cancel-running: ends, unfinished', () => {
    const history = given('cancel-running');
    expect(dataOf(history.after(1000), 'daybook.app-job.fired')).toMatchObject([{ run: 2, supersedes: true }]);
    expect(answer(history, 'taken', 1, 1)).toEqual([]);
    expect(answer(history, 'taken', 2)).toMatchObject([{ data: { run: 2 } }]);
  });
});

describe('occurrences that were missed', () => {
  const DAY_MS = 24 * 3_600_000;
  const after = (misfire: Partial<AppJobSpec['misfire']>, spec: Partial<AppJobSpec> = {}) => {
    const history = new History();
    schedule(history, {
      schedule: '@every 1h',
      overlap: 'allow',
      misfire: { ...appJobSpec.misfire, ...misfire },
      ...spec,
    });
    return history.after(DAY_MS);
  };
  const fired = (misfire: Partial<AppJobSpec['misfire']>) => dataOf(after(misfire), 'daybook.app-job.fired').length;

  it('all: every one fires', () => expect(fired({})).toBe(24));

  it('all with a limit: the newest, and the rest is one skip', () => {
    const events = after({ limit: 5 });
    expect(typesOf(events)).toEqual(['app-job.skipped', ...Array<string>(6).fill('app-job.fired')]);
    expect(events[0]).toMatchObject({ data: { reason: 'misfire', count: 18 } });
  });

  it('last: only the last, where none is merely late', () => {
    const late = after({ fire: 'last' });
    expect(typesOf(late)).toEqual(['app-job.skipped', 'app-job.fired']);
    expect(late[0]).toMatchObject({ data: { count: 23 } });
    const missed = new History();
    schedule(missed, { schedule: '@every 1h', misfire: { ...appJobSpec.misfire, fire: 'last' } });
    const events = missed.after(DAY_MS + 600_000);
    expect(typesOf(events)).toEqual(['app-job.skipped', 'app-job.fired']);
    expect(events[0]).toMatchObject({ data: { count: 23 } });
  });

  it('none: only what is merely late', () => {
    expect(typesOf(after({ fire: 'none' }))).toEqual(['app-job.skipped', 'app-job.fired']);
  });

  it('cron: are counted up to a thousand', () => {
    const [event] = after({ fire: 'last' }, { schedule: '* * * * * *' });
    expect(event).toMatchObject({
      data: { count: 1000, isAtLeast: true, last: iso(new History().nowMs + DAY_MS - 60_000) },
    });
  });

  it('a single one fires, whatever the policy', () => {
    expect(typesOf(after({ fire: 'none' }, { schedule: null, dueTime: '1h' }))).toEqual(['app-job.fired']);
  });
});

describe('a paused job', () => {
  it('does not fall due; what did meanwhile is skipped when it is resumed', () => {
    const history = new History();
    schedule(history, { schedule: '@every 1s' });
    history.when(ofJob('pause-app-job'));
    expect(history.after(3500)).toEqual([]);
    expect(history.when(ofJob('resume-app-job'))).toMatchObject([
      { type: 'daybook.app-job.resumed' },
      { type: 'daybook.app-job.skipped', data: { reason: 'paused', count: 3 } },
    ]);
    expect(dataOf(history.after(500), 'daybook.app-job.fired')).toHaveLength(1);
  });

  it('with a single occurrence fires it late', () => {
    const history = new History();
    schedule(history, { dueTime: '1s' });
    history.when(ofJob('pause-app-job'));
    expect(history.after(5000)).toEqual([]);
    expect(typesOf(history.when(ofJob('resume-app-job')))).toEqual(['app-job.resumed']);
    expect(typesOf(history.after(0))).toEqual(['app-job.fired']);
  });

  it('stays as it is when it is paused again, or resumed though it is not paused', () => {
    const history = new History();
    schedule(history, { schedule: '@every 1s' });
    expect(history.when(ofJob('resume-app-job'))).toEqual([]);
    history.when(ofJob('pause-app-job'));
    expect(history.when(ofJob('pause-app-job'))).toEqual([]);
  });

  it('that expires meanwhile ends when it is resumed', () => {
    const history = new History();
    schedule(history, { schedule: '@every 1s', ttl: '2s' });
    history.when(ofJob('pause-app-job'));
    history.after(10_000);
    expect(history.when(ofJob('resume-app-job'))[1]).toMatchObject({ data: { count: 2, endsJob: true } });
    expect(history.state.appJobs.size).toBe(0);
  });
});

describe('a run that somebody asks for', () => {
  it('is none of the repeats, and changes nothing of what is to come', () => {
    const history = new History();
    schedule(history, { schedule: '@every 10s', repeats: 1 });
    expect(history.answer(ofJob('trigger-app-job'))).toEqual({ kind: 'run', run: 1 });
    answer(history, 'taken');
    expect(firings(history, 10_000, 3)).toEqual([10_000]);
  });
});

describe('deleting', () => {
  it('by prefix goes through the jobs of an app in steps', () => {
    const history = new History();
    for (let index = 0; index < 1500; index++) schedule(history, { dueTime: '1h' }, { name: `a${index}` });
    schedule(history, { dueTime: '1h' }, { name: 'b' });
    schedule(history, { dueTime: '1h' }, { name: 'a', app: 'other' });
    const command = { type: 'delete-app-jobs', app: 'a', prefix: 'a' } as const;
    expect(history.answer({ ...command, from: 0 })).toEqual({ kind: 'app-jobs-deleted', count: 1000, next: 1000 });
    expect(history.answer({ ...command, from: 1000 })).toEqual({ kind: 'app-jobs-deleted', count: 500, next: null });
    expect(history.state.appJobs.size).toBe(2);
  });

  it('ends what is being delivered', () => {
    const history = new History();
    schedule(history, { schedule: '@every 1s' });
    history.after(1000);
    history.when(ofJob('delete-app-job'));
    expect(answer(history, 'taken', 1, 1)).toEqual([]);
    expect(history.state.appRuns.size).toBe(0);
  });
});

describe('a job that was planned by other time-zone data', () => {
  const replan = { type: 'replan-app-job', id: 1 } as const;
  /** As if the next occurrence had been at another instant. */
  const misplanned = (spec: Partial<AppJobSpec>) => {
    const history = new History();
    schedule(history, spec);
    const { nextMs } = history.state.appJobs.get(1)!;
    history.state.appJobs.setNext(1, nextMs! + 3_600_000);
    return { history, nextMs: nextMs! };
  };

  it('has its next occurrence where it is now', () => {
    const { history, nextMs } = misplanned({ schedule: 'TZ=America/New_York 0 0 9 * * *' });
    expect(history.when(replan)).toMatchObject([{ type: 'daybook.app-job.replanned', data: { nextRun: iso(nextMs) } }]);
    expect(history.when(replan)).toEqual([]);
    expect(dataOf(history.after(nextMs - history.nowMs), 'daybook.app-job.fired')).toHaveLength(1);
  });

  it.each<[string, Partial<AppJobSpec>]>([
    ['at dueTime', { schedule: '0 0 9 * * *', dueTime: '1h' }],
    ['by @every', { schedule: '@every 1h' }],
    ['only once', { dueTime: '1h' }],
  ])('stays where it is %s', (_, spec) => {
    expect(misplanned(spec).history.when(replan)).toEqual([]);
  });

  it('does not fire an occurrence again where the clock was set back', () => {
    const history = new History();
    schedule(history, { schedule: '0 * * * * *' });
    history.after(60_000);
    answer(history, 'taken');
    history.nowMs -= 90_000;
    expect(history.when(replan)).toEqual([]);
  });
});
