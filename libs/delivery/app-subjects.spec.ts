import fc from 'fast-check';
import { appOf, appSubjects } from './app-subjects.js';

describe('the subjects of an app', () => {
  it('have its id as one token', () => {
    expect(appSubjects('billing')).toEqual({ jobs: 'daybook.apps.billing.jobs', here: 'daybook.apps.billing.here' });
    expect(appSubjects('eu.billing_2').jobs).toBe('daybook.apps.eu%2Ebilling_2.jobs');
    expect(appSubjects('*').here).toBe('daybook.apps.*.here');
  });

  it('give the app back that they belong to', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$/), (app) => {
        const { jobs, here } = appSubjects(app);
        expect(jobs.split('.')).toHaveLength(4);
        expect([appOf(jobs), appOf(here)]).toEqual([app, app]);
      }),
    );
  });
});
