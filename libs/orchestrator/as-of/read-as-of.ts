import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotYet, PastUnavailable } from '#as-of';
import type { Past } from '#as-of';
import type { EventPlace } from '#event-log';
import { ApiError, invalid, positionAfter, readQuery, ReadYourWrites, shown } from '#http';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { AS_OF } from './as-of.parameter.js';
import { setWorld } from './world.js';
import type { World } from './world.js';

/**
 * Lets a query be answered as of an event or a time, where `as_of` names one; else as `ReadYourWrites` does. The header
 * `Daybook-As-Of` has the number of the event.
 */
@Injectable()
export class ReadAsOf extends ReadYourWrites {
  static readonly parameters = AS_OF;

  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {
    super(ports);
  }

  override async intercept(context: ExecutionContext, next: CallHandler) {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    setWorld(request, await this.#worldOf(request, http.getResponse()));
    return next.handle();
  }

  async #worldOf(request: FastifyRequest, reply: FastifyReply): Promise<World> {
    const query = request.query as { readonly as_of?: string };
    const { as_of: wanted } = readQuery(AS_OF, query);
    if (wanted === undefined) {
      await this.wait(request, reply);
      return { queries: this.ports.queries, nowMs: this.ports.clock.now() };
    }
    // It changes nothing about the past, and is refused where it is none all the same.
    positionAfter(request);
    const past = await this.#past(wanted, query.as_of!, reply);
    void reply.header('daybook-as-of', String(past.number));
    return past;
  }

  async #past(wanted: EventPlace, text: string, reply: FastifyReply): Promise<Past> {
    const over = new AbortController();
    const leave = () => over.abort(new PastUnavailable(new Error('nobody waits for it any more')));
    if (reply.raw.closed) leave();
    else reply.raw.once('close', leave);
    try {
      return await this.ports.past.at(wanted, over.signal);
    } catch (error) {
      if (error instanceof NotYet) {
        throw invalid(`as_of is ${shown(text)}, expected ${error.expected}`, { parameter: 'as_of', value: text });
      }
      if (!(error instanceof PastUnavailable)) throw error;
      throw new ApiError('as-of-unavailable', `What was as of ${shown(text)} cannot be told now: ${error.message}`);
    }
  }
}
