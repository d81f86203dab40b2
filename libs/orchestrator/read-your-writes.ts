import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { awaitPosition } from '#http';
import type { OrchestratorPorts } from './ports.js';
import { PORTS } from './ports.js';

/** Lets a query see every command that was answered before it came. */
@Injectable()
export class ReadYourWrites implements NestInterceptor {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async intercept(context: ExecutionContext, next: CallHandler) {
    const http = context.switchToHttp();
    const { positions, gateway } = this.ports;
    await awaitPosition(http.getRequest(), http.getResponse(), positions, () => gateway.readIndex());
    return next.handle();
  }
}
