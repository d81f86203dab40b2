import type { DynamicModule } from '@nestjs/common';
import { READS } from '#http';
import { AdmitSubscriberController } from './admit-subscriber/admit-subscriber.controller.js';
import { AdmitSubscriberHandler } from './admit-subscriber/admit-subscriber.handler.js';
import { EventsController } from './events.controller.js';
import { ListSubscribersController } from './list-subscribers/list-subscribers.controller.js';
import type { EventsPorts } from './ports.js';
import { PORTS } from './ports.js';
import { RevokeSubscriberController } from './revoke-subscriber/revoke-subscriber.controller.js';
import { RevokeSubscriberHandler } from './revoke-subscriber/revoke-subscriber.handler.js';
import { StreamJobEventsController } from './stream-job-events/stream-job-events.controller.js';
import { StreamPlanJobEventsController } from './stream-plan-job-events/stream-plan-job-events.controller.js';
import { EventStreams } from './stream/event-streams.js';

/** The log for subscribers: over HTTP `/events`, and the streams of a job and of a plan job; and who may read it over NATS. */
export class EventsApiModule {
  static forRoot(ports: EventsPorts): DynamicModule {
    return {
      module: EventsApiModule,
      controllers: [
        EventsController,
        StreamJobEventsController,
        StreamPlanJobEventsController,
        AdmitSubscriberController,
        ListSubscribersController,
        RevokeSubscriberController,
      ],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: READS, useValue: ports },
        EventStreams,
        AdmitSubscriberHandler,
        RevokeSubscriberHandler,
      ],
    };
  }
}
