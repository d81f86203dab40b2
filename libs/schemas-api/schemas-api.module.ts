import type { DynamicModule } from '@nestjs/common';
import { readKeptSchemas } from './kept-schemas.js';
import { SCHEMAS, SchemasController } from './schemas.controller.js';

/** `/schemas`: what the events of each type and version look like. */
export class SchemasApiModule {
  static forRoot(): DynamicModule {
    return {
      module: SchemasApiModule,
      controllers: [SchemasController],
      providers: [{ provide: SCHEMAS, useFactory: readKeptSchemas }],
    };
  }
}
