import { Controller, Get, Inject } from '@nestjs/common';
import { instant } from '#domain';
import { toSeconds } from '#http';
import { admissionOr409 } from '../admission-or-409.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

@Controller('daybook/v1/agents')
export class ListAgentsController {
  constructor(@Inject(PORTS) private readonly ports: AgentsPorts) {}

  @Get()
  listAgents() {
    const known = [...admissionOr409(this.ports).known()].sort((a, b) => (a.node < b.node ? -1 : 1));
    return {
      items: known.map(({ node, publicKey, sinceMs }) => ({
        node,
        public_key: publicKey,
        since: toSeconds(instant(sinceMs)),
      })),
    };
  }
}
