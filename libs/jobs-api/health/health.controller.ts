import { Controller, Get, HttpCode, HttpStatus, Inject } from '@nestjs/common';
import { JobsApiError } from '../errors/jobs-api-error.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';

/** What probes and SDKs of Dapr ask before anything else; it needs no token. */
@Controller('v1.0/healthz')
export class HealthController {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  @Get(['', 'outbound'])
  @HttpCode(HttpStatus.NO_CONTENT)
  health(): void {
    const { ready, reasons } = this.ports.readiness();
    if (!ready) throw new JobsApiError('ERR_HEALTH_NOT_READY', `dapr is not ready: ${reasons.join('; ')}`);
  }
}
