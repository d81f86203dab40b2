import { Controller, Get, HttpStatus, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../api-error.js';
import { Documents } from '../documents.js';
import type { QueryOf } from '../query-parameters.js';
import { oneOf, queryOf } from '../query-parameters.js';
import { READINESS_ANSWER, SERVICES_ANSWER, WORD } from './health.schema.js';
import { objectOf, TEXT } from '../schema.js';
import type { Readiness } from './readiness.js';

export const READINESS = Symbol('Readiness');
export const SERVICE_VERSION = Symbol('ServiceVersion');

const SERVICE = 'orchestrator-service';

const LEVEL = { level: oneOf(['critical', 'info', 'debug'], 'info') };

/** Tells load balancers, process supervisors and Puppet's tools whether Daybook works; needs no token. */
@Controller()
export class HealthController {
  constructor(
    @Inject(READINESS) private readonly readiness: Readiness,
    @Inject(SERVICE_VERSION) private readonly version: string,
  ) {}

  @Get('healthz')
  @Documents({ summary: 'Tell that the server lives', answer: objectOf<{ status: string }>({ status: TEXT }) })
  alive() {
    return { status: 'alive' };
  }

  @Get('readyz')
  @Documents({
    summary: 'Tell whether the server can work',
    answer: READINESS_ANSWER,
    otherwise: { 503: READINESS_ANSWER },
  })
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { ready, reasons } = this.answer(reply);
    return { status: ready ? 'ready' : 'not ready', reasons };
  }

  @Get('status/v1/simple')
  @Documents({ summary: 'Tell in a word whether the server can work', answer: WORD, otherwise: { 503: WORD } })
  simple(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.type('text/plain; charset=utf-8');
    return this.answer(reply).ready ? 'running' : 'error';
  }

  @Get('status/v1/simple/:service')
  @Documents({
    summary: 'Tell in a word whether a service can work',
    answer: WORD,
    otherwise: { 404: WORD, 503: WORD },
    example: { service: SERVICE },
  })
  simpleOf(@Param('service') service: string, @Res({ passthrough: true }) reply: FastifyReply) {
    if (service === SERVICE) return this.simple(reply);
    void reply.type('text/plain; charset=utf-8').status(HttpStatus.NOT_FOUND);
    return `not found: ${service}`;
  }

  @Get('status/v1/services')
  @Documents({
    summary: 'Show the state of all services',
    answer: SERVICES_ANSWER,
    otherwise: { 503: SERVICES_ANSWER },
  })
  services(@Query(queryOf(LEVEL)) query: QueryOf<typeof LEVEL>, @Res({ passthrough: true }) reply: FastifyReply) {
    return { [SERVICE]: this.status(query.level, reply) };
  }

  @Get('status/v1/services/:service')
  @Documents({
    summary: 'Show the state of a service',
    answer: SERVICES_ANSWER,
    otherwise: { 503: SERVICES_ANSWER },
    example: { service: SERVICE },
  })
  service(
    @Param('service') service: string,
    @Query(queryOf(LEVEL)) query: QueryOf<typeof LEVEL>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (service !== SERVICE) throw new ApiError('unknown-route', `There is no service ${service}, expected ${SERVICE}`);
    return this.services(query, reply);
  }

  private status(level: string, reply: FastifyReply) {
    const { ready, reasons } = this.answer(reply);
    return {
      service_version: this.version,
      service_status_version: 1,
      detail_level: level,
      state: ready ? 'running' : 'error',
      status: {},
      active_alerts: reasons.map((message) => ({ severity: 'critical', message })),
    };
  }

  private answer(reply: FastifyReply): ReturnType<Readiness> {
    const readiness = this.readiness();
    if (!readiness.ready) void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return readiness;
  }
}
