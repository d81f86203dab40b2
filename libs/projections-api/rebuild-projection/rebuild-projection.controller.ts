import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Documents } from '#http';
import { BEGUN, beginWork, projectionName } from '../begin-work.js';
import type { Begun } from '../begin-work.js';
import type { ProjectionsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

@Controller('projections')
export class RebuildProjectionController {
  constructor(@Inject(PORTS) private readonly ports: ProjectionsPorts) {}

  @Post(':name/rebuild')
  @HttpCode(202)
  @Documents({ summary: 'Build tables anew beside the live ones, which are replaced at the end', answer: BEGUN })
  rebuildProjection(@Param('name', projectionName) name: string): Begun {
    return beginWork(this.ports, 'rebuild', name);
  }
}
