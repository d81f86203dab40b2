import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { awaitPosition } from '#http';
import type { RbacPorts } from './ports.js';
import { PORTS } from './ports.js';

/** Lets a query see every command that was answered before it came. */
@Injectable()
export class ReadYourWrites implements NestInterceptor {
  constructor(@Inject(PORTS) private readonly ports: RbacPorts) {}

  async intercept(context: ExecutionContext, next: CallHandler) {
    const http = context.switchToHttp();
    if (http.getRequest<{ method: string }>().method !== 'GET') return next.handle();
    const { positions, gateway } = this.ports;
    await awaitPosition(http.getRequest(), http.getResponse(), positions, () => gateway.readIndex());
    return next.handle();
  }
}
