import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { JobsApiError } from '../errors/jobs-api-error.js';
import { isAllowedHost } from './allowed-host.js';

/** Who may ask for anything on the port of the Jobs API. */
export interface Admission {
  /** What is expected in `dapr-api-token`; null: nothing is. */
  readonly apiToken: string | null;
  /** Where clients on other machines reach it; null: nowhere. */
  readonly publicUrl: string | null;
}

/** Probes of health have no token to send. */
const OPEN = '/v1.0/healthz';

const sha256 = (text: string) => hash('sha256', text, 'buffer');

/** @throws JobsApiError from the check when a request comes from a browser page, or without the token */
export function admitRequests({ apiToken, publicUrl }: Admission): (request: FastifyRequest) => void {
  const expected = apiToken === null ? null : sha256(apiToken);
  return ({ headers, routeOptions }) => {
    const { host, origin, 'sec-fetch-site': site = 'none', 'dapr-api-token': token } = headers;
    // Browsers say the second where they do not say the first: for a picture, say. `none`: somebody typed the address.
    if (origin !== undefined || site !== 'none') {
      throw new JobsApiError('DAYBOOK_ORIGIN_NOT_ALLOWED', 'The request comes from a web page, expected no Origin');
    }
    if (!isAllowedHost(host, publicUrl)) {
      const message = 'Host is none of this machine, nor that of DAYBOOK_PUBLIC_URL, expected one of them';
      throw new JobsApiError('DAYBOOK_HOST_NOT_ALLOWED', message);
    }
    if (expected === null || routeOptions.url?.startsWith(OPEN)) return;
    if (typeof token !== 'string' || !timingSafeEqual(sha256(token), expected)) {
      throw new JobsApiError('DAYBOOK_INVALID_API_TOKEN', 'dapr-api-token is missing or not the one of DAPR_API_TOKEN');
    }
  };
}
