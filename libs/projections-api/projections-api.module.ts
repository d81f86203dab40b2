import type { DynamicModule } from '@nestjs/common';
import { CompareProjectionController } from './compare-projection/compare-projection.controller.js';
import { ListProjectionsController } from './list-projections/list-projections.controller.js';
import type { ProjectionsPorts } from './ports.js';
import { PORTS } from './ports.js';
import { RebuildProjectionController } from './rebuild-projection/rebuild-projection.controller.js';

/** How far the read models are, and what operators do with them: `/projections`. */
export class ProjectionsApiModule {
  static forRoot(ports: ProjectionsPorts): DynamicModule {
    return {
      module: ProjectionsApiModule,
      controllers: [ListProjectionsController, RebuildProjectionController, CompareProjectionController],
      providers: [{ provide: PORTS, useValue: ports }],
    };
  }
}
