import type { DynamicModule } from '@nestjs/common';
import { InviteAgentController } from './invite-agent/invite-agent.controller.js';
import { InviteAgentHandler } from './invite-agent/invite-agent.handler.js';
import { JoinAgentController } from './join-agent/join-agent.controller.js';
import { JoinAgentHandler } from './join-agent/join-agent.handler.js';
import { ListAgentsController } from './list-agents/list-agents.controller.js';
import type { AgentsPorts } from './ports.js';
import { PORTS } from './ports.js';
import { RevokeAgentController } from './revoke-agent/revoke-agent.controller.js';
import { RevokeAgentHandler } from './revoke-agent/revoke-agent.handler.js';

/** Who the agents are: `/daybook/v1/agents`. */
export class AgentsApiModule {
  static forRoot(ports: AgentsPorts): DynamicModule {
    return {
      module: AgentsApiModule,
      controllers: [InviteAgentController, JoinAgentController, ListAgentsController, RevokeAgentController],
      providers: [{ provide: PORTS, useValue: ports }, InviteAgentHandler, JoinAgentHandler, RevokeAgentHandler],
    };
  }
}
