import { Controller, Get, Inject } from '@nestjs/common';
import { Documents, listOf, objectOf } from '#http';
import { headOf } from '#ledger';
import type { ProjectionsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { presentProjection, PROJECTION } from './present-projection.js';
import type { Projection } from './present-projection.js';

export interface Projections {
  readonly items: readonly Projection[];
}

@Controller('projections')
export class ListProjectionsController {
  constructor(@Inject(PORTS) private readonly ports: ProjectionsPorts) {}

  @Get()
  @Documents({
    summary: 'List the projections: how far they are, and what is done beside their tables',
    answer: objectOf<Projections>({ items: listOf(PROJECTION) }),
  })
  async listProjections(): Promise<Projections> {
    const { number } = await headOf(this.ports.log);
    const nowMs = Date.now();
    return { items: this.ports.states.list().map((state) => presentProjection(state, number, nowMs)) };
  }
}
