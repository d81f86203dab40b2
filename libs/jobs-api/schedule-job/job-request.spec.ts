import { jobRequest } from './job-request.js';

const request = (name: string, body: string) => jobRequest(name, Buffer.from(body));

describe('a request to schedule a job', () => {
  it('has a name in its path, without white space around it', () => {
    expect(request(' a b ', '{"dueTime":"1s"}')).toEqual({ name: 'a b', body: { form: 'bare', dueTime: '1s' } });
  });

  it.each(['', ' ', '\t'])('is refused with the name %j', (name) => {
    expect(() => request(name, '{"dueTime":"1s"}')).toThrow('Name is empty');
  });

  it.each(['', '{}', '{"job":{}}', '{"data":1}', '{"schedule":null}'])('is refused without a time: %j', (body) => {
    expect(() => request('a', body)).toThrow('Schedule is empty');
  });

  it('is looked at in the order of Dapr', () => {
    expect(() => request('', '[')).toThrow('failed deserializing HTTP body');
    expect(() => request('', '{"name":"a"}')).toThrow('Set the job name in the url only');
    expect(() => request('', '{}')).toThrow('Name is empty');
  });

  it('leaves it to the rules whether a time is one', () => {
    expect(request('a', '{"schedule":""}').body.schedule).toBe('');
  });
});
