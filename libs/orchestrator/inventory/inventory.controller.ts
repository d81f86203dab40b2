import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Presence } from '#dispatch';
import { BrokerAway } from '#dispatch';
import { ApiError, bodyOf, Documents } from '#http';
import { itemsOf } from '../answers.schema.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { InventoryBody } from './inventory.body.js';
import { NODE } from './node.schema.js';
import { presentNode } from './present-node.js';

/** Which nodes can be reached. */
@Controller('orchestrator/v1/inventory')
export class InventoryController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get()
  @Documents({ summary: 'List the connected nodes', answer: itemsOf(NODE) })
  listConnected() {
    return this.#ask((presence) => ({
      items: presence.connected().map((node) => presentNode(node.name, node, presence.broker)),
    }));
  }

  @Get(':node')
  @Documents({ summary: 'Tell whether a node is connected', answer: NODE, example: { node: 'localhost' } })
  getNode(@Param('node') name: string) {
    return this.#ask((presence) => presentNode(name, presence.find(name), presence.broker));
  }

  @Post()
  @HttpCode(200)
  @Documents({
    summary: 'Tell which of some nodes are connected',
    answer: itemsOf(NODE),
    example: { body: { nodes: ['localhost'] } },
  })
  listNodes(@Body(bodyOf(InventoryBody)) { nodes }: InventoryBody) {
    return this.#ask((presence) => ({
      items: nodes.map((name) => presentNode(name, presence.find(name), presence.broker)),
    }));
  }

  #ask<T>(question: (presence: Presence) => T): T {
    try {
      return question(this.ports.presence);
    } catch (error) {
      if (!(error instanceof BrokerAway)) throw error;
      throw new ApiError('unknown-error', 'Which nodes are connected is not known: the broker cannot be reached');
    }
  }
}
