import { Controller, Delete, HttpCode, Inject, Param, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandMetaOf, Documents, showPosition } from '#http';
import type { EventsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { subscriberName } from '../subscriber-name.js';
import { RevokeSubscriber } from './revoke-subscriber.handler.js';

@Controller('daybook/v1/subscribers')
export class RevokeSubscriberController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: EventsPorts,
  ) {}

  @Delete(':name')
  @HttpCode(204)
  @Documents({ summary: 'Shut a subscriber out, and forget how far it has read' })
  async revokeSubscriber(
    @Param('name', subscriberName) name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const meta = commandMetaOf(request, this.ports.digest);
    showPosition(reply, await this.commands.execute(new RevokeSubscriber(name, meta)));
  }
}
