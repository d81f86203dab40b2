import { Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppId } from '../app-id.js';
import { JobsApiError } from '../errors/jobs-api-error.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { JobStream } from './job-stream.js';
import { readStatus } from './status.body.js';

/** For apps that take their jobs over a connection of their own instead of being called back. */
@Controller('v1.0/deliveries')
export class DeliveriesController implements OnModuleDestroy {
  readonly #streams = new Set<JobStream>();

  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  /** The jobs of the app as they fall due, as server-sent events; each goes to one of those that listen. */
  @Get()
  streamJobs(@AppId() app: string, @Req() { method }: FastifyRequest, @Res() reply: FastifyReply): void {
    // Whoever asks only for the head takes no jobs.
    if (method === 'HEAD') return void reply.type('text/event-stream').send();
    reply.hijack();
    const stream = new JobStream(app, reply.raw, this.ports.answerWithinMs);
    this.#streams.add(stream);
    const unsubscribe = this.ports.subscribe(app, (offer) => stream.offer(offer));
    reply.raw.on('close', () => {
      unsubscribe();
      stream.end();
      this.#streams.delete(stream);
    });
  }

  /** What came of a run that this server has offered. */
  @Post(':run')
  @HttpCode(HttpStatus.NO_CONTENT)
  answer(@AppId() app: string, @Param('run') run: string, @Req() { rawBody }: FastifyRequest): void {
    const status = readStatus(rawBody);
    for (const stream of this.#streams) if (stream.app === app && stream.answer(run, status)) return;
    throw new JobsApiError('DAYBOOK_UNKNOWN_RUN', `run ${run} waits for no answer of this app here`);
  }

  onModuleDestroy(): void {
    for (const stream of this.#streams) stream.end();
  }
}
