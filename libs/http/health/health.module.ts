import type { DynamicModule } from '@nestjs/common';
import { HealthController, READINESS, SERVICE_VERSION } from './health.controller.js';
import type { Readiness } from './readiness.js';

export class HealthModule {
  static forRoot(readiness: Readiness, version: string): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [
        { provide: READINESS, useValue: readiness },
        { provide: SERVICE_VERSION, useValue: version },
      ],
    };
  }
}
