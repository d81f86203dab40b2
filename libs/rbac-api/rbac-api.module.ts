import type { DynamicModule } from '@nestjs/common';
import { READS } from '#http';
import type { RbacPorts } from './ports.js';
import { PORTS } from './ports.js';
import { RolesController } from './roles/roles.controller.js';
import { TokensController } from './tokens/tokens.controller.js';
import { UsersController } from './users/users.controller.js';

/** The part of Puppet's RBAC API that logs in and says who may do what: `/rbac-api`. */
export class RbacApiModule {
  static forRoot(ports: RbacPorts): DynamicModule {
    return {
      module: RbacApiModule,
      controllers: [UsersController, RolesController, TokensController],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: READS, useValue: ports },
      ],
    };
  }
}
