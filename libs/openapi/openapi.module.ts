import type { DynamicModule } from '@nestjs/common';
import type { OpenApiOptions } from './openapi.controller.js';
import { OpenApiController, OPTIONS } from './openapi.controller.js';

/** `/openapi.json` and `/docs`: what all modules of a server answer. */
export class OpenApiModule {
  static forRoot(options: OpenApiOptions): DynamicModule {
    return {
      module: OpenApiModule,
      controllers: [OpenApiController],
      providers: [{ provide: OPTIONS, useValue: options }],
    };
  }
}
