import type { DynamicModule } from '@nestjs/common';
import { READS } from '#http';
import { ExportLogController } from './export-log/export-log.controller.js';
import { ListAuditController } from './list-audit/list-audit.controller.js';
import type { AuditPorts } from './ports.js';
import { PORTS } from './ports.js';
import { ShowCheckpointController } from './show-checkpoint/show-checkpoint.controller.js';

/** What auditors ask for: who did what, and the log itself. */
export class AuditApiModule {
  static forRoot(ports: AuditPorts): DynamicModule {
    return {
      module: AuditApiModule,
      controllers: [ListAuditController, ExportLogController, ShowCheckpointController],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: READS, useValue: ports },
      ],
    };
  }
}
