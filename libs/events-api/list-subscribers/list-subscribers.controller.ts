import { Controller, Get, Inject } from '@nestjs/common';
import { admissionOr409 } from '#agents-api';
import { instant } from '#domain';
import { Documents, listOf, named, objectOf, TEXT, TIME, toSeconds } from '#http';
import type { EventsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

interface Subscriber {
  readonly name: string;
  readonly natsKey: string;
  readonly since: string;
}

interface Subscribers {
  readonly items: readonly Subscriber[];
}

const SUBSCRIBER = named('Subscriber', objectOf<Subscriber>({ name: TEXT, natsKey: TEXT, since: TIME }));

@Controller('daybook/v1/subscribers')
export class ListSubscribersController {
  constructor(@Inject(PORTS) private readonly ports: EventsPorts) {}

  @Get()
  @Documents({
    summary: 'List the subscribers that are let in over NATS',
    answer: objectOf<Subscribers>({ items: listOf(SUBSCRIBER) }),
  })
  listSubscribers(): Subscribers {
    const known = admissionOr409(this.ports)
      .subscribers()
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const items = known.map(({ name, publicKey, sinceMs }) => ({
      name,
      natsKey: publicKey,
      since: toSeconds(instant(sinceMs)),
    }));
    return { items };
  }
}
