import { Body, Controller, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUserKey, SUBSCRIBER_DOMAIN } from '#broker';
import {
  bodyOf,
  commandMetaOf,
  Documents,
  FLAG,
  invalid,
  listOf,
  named,
  objectOf,
  originOf,
  showPosition,
  shown,
  TEXT,
} from '#http';
import type { EventsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { subscriberName } from '../subscriber-name.js';
import { AdmitSubscriberBody } from './admit-subscriber.body.js';
import { AdmitSubscriber } from './admit-subscriber.handler.js';

interface Way {
  readonly servers: readonly string[];
  readonly tls: boolean;
  readonly domain: string;
  readonly consumer: string;
}

interface Admitted {
  readonly name: string;
  readonly nats: Way;
}

const WAY = objectOf<Way>({ servers: listOf(TEXT), tls: FLAG, domain: TEXT, consumer: TEXT });

@Controller('daybook/v1/subscribers')
export class AdmitSubscriberController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: EventsPorts,
  ) {}

  @Put(':name')
  @Documents({
    summary: 'Let a key read the log over NATS, in the place of one that the subscriber had before',
    answer: named('AdmittedSubscriber', objectOf<Admitted>({ name: TEXT, nats: WAY })),
    example: { body: { natsKey: 'UD4EYQD2ZFZAJYSKOEMI2BHSCXABDBGOP6WNSZ6IZNSPCZ5YUYA6ERGC' } },
  })
  async admitSubscriber(
    @Param('name', subscriberName) name: string,
    @Body(bodyOf(AdmitSubscriberBody)) { natsKey }: AdmitSubscriberBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Admitted> {
    if (!isUserKey(natsKey)) {
      throw invalid(`natsKey is ${shown(natsKey)}, expected the public nkey of a user`, { key: 'natsKey' });
    }
    const meta = commandMetaOf(request, this.ports.digest);
    const { receipt, admission } = await this.commands.execute(new AdmitSubscriber(name, natsKey, meta));
    showPosition(reply, receipt);
    const { hostname } = new URL(originOf(request, this.ports.publicUrl));
    return { name, nats: { ...admission.route(hostname), domain: SUBSCRIBER_DOMAIN, consumer: name } };
  }
}
