import {
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Put,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#domain';
import type { CommandMeta } from '#domain';
import { commandMetaBy, ReadYourWrites, showPosition } from '#http';
import { sealParams } from '#specs';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { administratorOf } from './administrator.js';
import { readAppBody } from './app.body.js';
import { appId } from './app-id-pipe.js';
import type { KnownApp } from './known-apps.js';
import { DEFAULT_CALLS_AT_ONCE, knownApp, knownApps } from './known-apps.js';

/** Where apps are called back, and how; for administrators. */
@Controller('v1.0/apps')
@UseInterceptors(ReadYourWrites)
export class AppsController {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  @Get()
  async listApps(@Req() request: FastifyRequest) {
    await administratorOf(request, this.ports.authenticate);
    return { apps: await knownApps(this.ports.queries.appJobs, this.ports.apps) };
  }

  @Get(':id')
  async getApp(@Param('id', appId) id: string, @Req() request: FastifyRequest): Promise<KnownApp> {
    await administratorOf(request, this.ports.authenticate);
    const app = await knownApp(id, this.ports.queries.appJobs, this.ports.apps);
    if (!app) throw new Refusal({ code: 'unknown-app', id });
    return app;
  }

  @Put(':id')
  async putApp(
    @Param('id', appId) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KnownApp> {
    const meta = await this.#metaOf(request);
    const { addresses, token, natsKey = null, callsAtOnce = DEFAULT_CALLS_AT_ONCE } = readAppBody(request.rawBody);
    const sealed = token === undefined ? null : sealParams({ token }, meta.commandId, this.ports.sealer);
    const app = { id, addresses, token: sealed, natsKey, callsAtOnce };
    showPosition(reply, await this.ports.gateway.execute({ type: 'define-app', app }, meta));
    await this.ports.letIn();
    return { id, addresses, hasToken: sealed !== null, natsKey, callsAtOnce, source: 'api' };
  }

  /** What the settings say of it, if they do, holds again. */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  async deleteApp(
    @Param('id', appId) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const meta = await this.#metaOf(request);
    showPosition(reply, await this.ports.gateway.execute({ type: 'remove-app', id }, meta));
  }

  async #metaOf(request: FastifyRequest): Promise<CommandMeta> {
    const { subject, token } = await administratorOf(request, this.ports.authenticate);
    return commandMetaBy(`subject/${subject.id}`, token, request, this.ports.sealer.digest);
  }
}
