import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Documents } from '#http';
import { BEGUN, beginWork, projectionName } from '../begin-work.js';
import type { Begun } from '../begin-work.js';
import type { ProjectionsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

@Controller('projections')
export class CompareProjectionController {
  constructor(@Inject(PORTS) private readonly ports: ProjectionsPorts) {}

  @Post(':name/compare')
  @HttpCode(202)
  @Documents({ summary: 'Compare the live tables with those that the log gives', answer: BEGUN })
  compareProjection(@Param('name', projectionName) name: string): Begun {
    return beginWork(this.ports, 'compare', name);
  }
}
