import type { DynamicModule } from '@nestjs/common';
import { ExportLogController } from './export-log/export-log.controller.js';
import type { AuditPorts } from './ports.js';
import { PORTS } from './ports.js';

/** What auditors ask for: the log itself. */
export class AuditApiModule {
  static forRoot(ports: AuditPorts): DynamicModule {
    return {
      module: AuditApiModule,
      controllers: [ExportLogController],
      providers: [{ provide: PORTS, useValue: ports }],
    };
  }
}
