import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Documents } from '../documents.js';

/** The text format of Prometheus. */
const METRICS_TEXT = { type: 'string', contentMediaType: 'text/plain' };

/** What was measured, as Prometheus reads it. */
export type Exposition = () => Promise<string>;

export const EXPOSITION = Symbol('Exposition');

@Controller()
export class MetricsController {
  constructor(@Inject(EXPOSITION) private readonly expose: Exposition) {}

  @Get('metrics')
  @Documents({ summary: 'Show what was measured, for Prometheus', answer: METRICS_TEXT })
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type('text/plain; version=0.0.4; charset=utf-8');
    return this.expose();
  }
}
