import type { FastifyRequest } from 'fastify';
import type { JobsApiError } from '../errors/jobs-api-error.js';
import { admitRequests } from './admit.js';

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
}

/** The code with which a request is refused; undefined: it is let in. */
function refused(apiToken: string | null, { headers = {}, url = '/v1.0/jobs/:name' }: Sent): string | undefined {
  const request = { headers: { host: '127.0.0.1:3500', ...headers }, routeOptions: { url } };
  try {
    admitRequests({ apiToken, publicUrl: null })(request as unknown as FastifyRequest);
  } catch (error) {
    return (error as JobsApiError).code;
  }
  return undefined;
}

describe('a request to the port of the Jobs API', () => {
  it('needs no token where there is none', () => {
    expect(refused(null, {})).toBeUndefined();
    expect(refused(null, { headers: { 'dapr-api-token': 'any' } })).toBeUndefined();
  });

  it('needs the token where there is one, but to ask for health', () => {
    expect(refused('secret', { headers: { 'dapr-api-token': 'secret' } })).toBeUndefined();
    for (const headers of [
      {},
      { 'dapr-api-token': '' },
      { 'dapr-api-token': 'Secret' },
      { 'dapr-api-token': 'secre' },
    ]) {
      expect(refused('secret', { headers: headers })).toBe('DAYBOOK_INVALID_API_TOKEN');
    }
    expect(refused('secret', { url: '/v1.0/healthz/outbound' })).toBeUndefined();
    expect(refused('secret', { url: '/v1.0/metadata' })).toBe('DAYBOOK_INVALID_API_TOKEN');
  });

  it('is refused from a web page, whatever else it carries', () => {
    const headers = { origin: 'http://localhost:3000', 'dapr-api-token': 'secret' };
    expect(refused('secret', { headers })).toBe('DAYBOOK_ORIGIN_NOT_ALLOWED');
    expect(refused(null, { headers: { origin: 'null' }, url: '/v1.0/healthz' })).toBe('DAYBOOK_ORIGIN_NOT_ALLOWED');
  });

  it('is refused under another name than that of this machine', () => {
    expect(refused(null, { headers: { host: 'evil.example.com' } })).toBe('DAYBOOK_HOST_NOT_ALLOWED');
  });
});
