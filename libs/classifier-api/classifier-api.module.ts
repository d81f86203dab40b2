import type { DynamicModule } from '@nestjs/common';
import { READS } from '#http';
import { NodeGroupsController } from './node-groups/node-groups.controller.js';
import type { ClassifierPorts } from './ports.js';
import { PORTS } from './ports.js';

/** The part of Puppet's classifier API that says which nodes belong together: `/classifier-api`. */
export class ClassifierApiModule {
  static forRoot(ports: ClassifierPorts): DynamicModule {
    return {
      module: ClassifierApiModule,
      controllers: [NodeGroupsController],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: READS, useValue: ports },
      ],
    };
  }
}
