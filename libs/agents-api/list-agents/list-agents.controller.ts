import { Controller, Get, Inject } from '@nestjs/common';
import { instant } from '#domain';
import { Documents, listOf, named, objectOf, TEXT, TIME, toSeconds } from '#http';
import { admissionOr409 } from '../admission-or-409.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

interface Agent {
  readonly node: string;
  readonly public_key: string;
  readonly since: string;
}

interface Agents {
  readonly items: readonly Agent[];
}

const AGENT = named('Agent', objectOf<Agent>({ node: TEXT, public_key: TEXT, since: TIME }));

@Controller('daybook/v1/agents')
export class ListAgentsController {
  constructor(@Inject(PORTS) private readonly ports: AgentsPorts) {}

  @Get()
  @Documents({
    summary: 'List the agents that have joined and were not revoked',
    answer: objectOf<Agents>({ items: listOf(AGENT) }),
  })
  listAgents(): Agents {
    const known = admissionOr409(this.ports)
      .known()
      .toSorted((a, b) => (a.node < b.node ? -1 : 1));
    const items = known.map(({ node, publicKey, sinceMs }) => ({
      node,
      public_key: publicKey,
      since: toSeconds(instant(sinceMs)),
    }));
    return { items };
  }
}
