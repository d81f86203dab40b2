import { outcomeOfReply, outcomeOfStatus } from './outcome.js';

const ORIGIN = 'http://127.0.0.1:6001';

describe('the status of an answer', () => {
  it.each([200, 201, 202, 204, 226, 299])('%i has taken the run', (status) => {
    expect(outcomeOfStatus(status, ORIGIN)).toEqual({ kind: 'taken' });
  });

  it('404 does not know the job', () => {
    expect(outcomeOfStatus(404, ORIGIN)).toEqual({ kind: 'unknown' });
  });

  it.each([400, 401, 403, 405, 408, 410, 429, 500, 502, 503, 504, 599])('%i failed', (status) => {
    const msg = `http://127.0.0.1:6001 answered ${status}, expected a status from 200 to 299`;
    expect(outcomeOfStatus(status, ORIGIN)).toEqual({ kind: 'failed', failure: { kind: 'status', msg, status } });
  });

  it.each([300, 301, 302, 303, 304, 307, 308])('%i failed, because redirects are not followed', (status) => {
    const msg = `http://127.0.0.1:6001 answered ${status}, expected an answer of its own: redirects are not followed`;
    expect(outcomeOfStatus(status, ORIGIN)).toEqual({ kind: 'failed', failure: { kind: 'status', msg, status } });
  });
});

describe('the reply of a subscriber', () => {
  it.each(['', '{"status":"SUCCESS"}', '{"status":"success"}', '{"status":"Success","more":1}'])(
    '%j has taken the run',
    (text) => {
      expect(outcomeOfReply(text)).toEqual({ kind: 'taken' });
    },
  );

  it.each(['{"status":"DROP"}', '{"status":"drop"}'])('%j does not know the job', (text) => {
    expect(outcomeOfReply(text)).toEqual({ kind: 'unknown' });
  });

  it.each(['{"status":"RETRY"}', '{"status":"retry"}'])('%j failed', (text) => {
    const msg = 'the app asked for another attempt (RETRY)';
    expect(outcomeOfReply(text)).toEqual({ kind: 'failed', failure: { kind: 'refused', msg, status: null } });
  });

  it.each(['{"status":"OK"}', '{"status":1}', '{}', 'null', '[]', '"SUCCESS"', 'SUCCESS', '{"status":'])(
    '%j failed, because it says nothing',
    (text) => {
      const msg = `the reply is ${JSON.stringify(text)}, expected a status SUCCESS, RETRY or DROP`;
      expect(outcomeOfReply(text)).toEqual({ kind: 'failed', failure: { kind: 'refused', msg, status: null } });
    },
  );

  it('is not shown as a whole where it is long', () => {
    const outcome = outcomeOfReply('x'.repeat(1_000_000));
    expect(outcome.kind === 'failed' && outcome.failure.msg.length).toBeLessThan(200);
  });
});
