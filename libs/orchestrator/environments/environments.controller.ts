import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Documents } from '#http';
import { itemsOf } from '../answers.schema.js';
import type { Links } from '../links.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { inEnvironment } from '../task-catalogue/in-environment.js';
import { environmentName } from '../task-catalogue/task-catalogue.parameters.js';
import { ENVIRONMENT } from './environment.schema.js';

@Controller('orchestrator/v1/environments')
export class EnvironmentsController {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  @Get()
  @Documents({ summary: 'List the environments', answer: itemsOf(ENVIRONMENT) })
  async listEnvironments(@Req() request: FastifyRequest) {
    const { catalogue, publicUrl } = this.ports;
    const links = linksFor(request, publicUrl);
    const names = await catalogue.environments();
    return { items: await Promise.all(names.map((name) => this.#present(name, links))) };
  }

  @Get(':environment')
  @Documents({ summary: 'Show an environment', answer: ENVIRONMENT })
  getEnvironment(@Param('environment', environmentName) name: string, @Req() request: FastifyRequest) {
    return this.#present(name, linksFor(request, this.ports.publicUrl));
  }

  async #present(name: string, links: Links) {
    const modulepath = await inEnvironment(name, this.ports.catalogue.modulePath(name));
    return {
      id: links.environment(name),
      name,
      settings: { modulepath, manifest: '', environment_timeout: 0, config_version: '' },
    };
  }
}
