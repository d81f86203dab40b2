import type { DynamicModule } from '@nestjs/common';
import { EXPOSITION, MetricsController } from './metrics.controller.js';
import type { Exposition } from './metrics.controller.js';

/** `/metrics`. */
export class MetricsModule {
  static forRoot(expose: Exposition): DynamicModule {
    return {
      module: MetricsModule,
      controllers: [MetricsController],
      providers: [{ provide: EXPOSITION, useValue: expose }],
    };
  }
}
