import type { DynamicModule } from '@nestjs/common';
import { ExportLogController } from './export-log/export-log.controller.js';
import type { AuditPorts } from './ports.js';
import { PORTS } from './ports.js';
import { ShowCheckpointController } from './show-checkpoint/show-checkpoint.controller.js';

/** What auditors ask for: the log itself. */
export class AuditApiModule {
  static forRoot(ports: AuditPorts): DynamicModule {
    return {
      module: AuditApiModule,
      controllers: [ExportLogController, ShowCheckpointController],
      providers: [{ provide: PORTS, useValue: ports }],
    };
  }
}
