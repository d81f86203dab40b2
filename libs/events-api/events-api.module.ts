import type { DynamicModule } from '@nestjs/common';
import { READS } from '#http';
import { EventsController } from './events.controller.js';
import type { EventsPorts } from './ports.js';
import { PORTS } from './ports.js';
import { StreamJobEventsController } from './stream-job-events/stream-job-events.controller.js';
import { StreamPlanJobEventsController } from './stream-plan-job-events/stream-plan-job-events.controller.js';
import { EventStreams } from './stream/event-streams.js';

/** The log for subscribers over HTTP: `/events`, and the streams of a job and of a plan job. */
export class EventsApiModule {
  static forRoot(ports: EventsPorts): DynamicModule {
    return {
      module: EventsApiModule,
      controllers: [EventsController, StreamJobEventsController, StreamPlanJobEventsController],
      providers: [{ provide: PORTS, useValue: ports }, { provide: READS, useValue: ports }, EventStreams],
    };
  }
}
