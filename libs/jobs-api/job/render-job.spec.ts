import type { AppJobForm } from '#domain';
import { readJobBody } from '../job-body/job-body.js';
import { specOf } from '../job-body/job-spec.js';
import { renderJob } from './render-job.js';

/** What a GET shows of what a POST sent. */
function shown(sent: string, timeZone = 'UTC'): string {
  const { form, data = null, ...said } = readJobBody(Buffer.from(sent));
  const spec = specOf(said, 'UTC');
  return renderJob({ name: 'test1', form, spec }, data, timeZone);
}

describe('a job', () => {
  it('that came wrapped is shown as it was sent, with its name', () => {
    const data = '{"@type":"type.googleapis.com/google.type.Expr","expression":"expression1"}';
    expect(shown(`{"job":{"data":${data},"dueTime":"30s"}}`)).toBe(`{"name":"test1","dueTime":"30s","data":${data}}`);
  });

  it('that came bare always shows its failure policy', () => {
    expect(shown('{"dueTime":"30s"}')).toBe(
      '{"name":"test1","dueTime":"30s","failurePolicy":{"constant":{"interval":"1s","maxRetries":3}}}',
    );
    expect(shown('{"dueTime":"30s","failure_policy":{"drop":{}}}')).toContain('"failurePolicy":{"drop":{}}');
  });

  it('shows its keys in the order of Dapr, and then its own', () => {
    const sent = `{"timeZone":"Europe/Berlin","dstPolicy":{"fold":"both"},"misfirePolicy":{"last":{"threshold":"1.5s"}},
      "overlapPolicy":"skip","failurePolicy":{"constant":{}},"data":1.10,"ttl":"1h","dueTime":"1s","repeats":"2",
      "schedule":"@daily"}`;
    expect(shown(sent)).toBe(
      '{"name":"test1","schedule":"@daily","repeats":2,"dueTime":"1s","ttl":"1h","data":1.10,' +
        '"failurePolicy":{"constant":{}},"overlapPolicy":"skip","misfirePolicy":{"last":{"threshold":"1.5s"}},' +
        '"dstPolicy":{"fold":"both"},"timeZone":"Europe/Berlin"}',
    );
  });

  it('does not show own keys that say what holds anyway', () => {
    const sent = `{"job":{"dueTime":"1s","overlapPolicy":"queue","misfirePolicy":{"all":{"threshold":"60s"}},
      "dstPolicy":{"gap":"shift","fold":"first"},"timeZone":"UTC"}}`;
    expect(shown(sent)).toBe('{"name":"test1","dueTime":"1s"}');
  });

  it('shows its time zone where another one holds by now', () => {
    expect(shown('{"job":{"schedule":"@daily"}}', 'Europe/Berlin')).toContain('"timeZone":"UTC"');
  });

  it.each(['null', '"null"', '[]', '{"a":1,"a":2}'])('may have the data %s', (data) => {
    expect(shown(`{"job":{"data":${data},"dueTime":"1s"}}`)).toBe(`{"name":"test1","dueTime":"1s","data":${data}}`);
  });

  it('has any name', () => {
    const spec = specOf({ dueTime: '1s' }, 'UTC');
    const job = { name: 'a"b\u2028', form: 'wrapped' as AppJobForm, spec };
    expect(JSON.parse(renderJob(job, null, 'UTC'))).toEqual({ name: 'a"b\u2028', dueTime: '1s' });
  });
});
