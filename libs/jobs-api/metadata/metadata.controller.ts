import { Controller, Get, Inject } from '@nestjs/common';
import { AppId } from '../app-id.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';

/** The release of Dapr whose Jobs API this is, for clients that look before they ask. */
const DAPR_VERSION = '1.18.0';

/** What SDKs of Dapr read when they connect. */
@Controller('v1.0/metadata')
export class MetadataController {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  @Get()
  metadata(@AppId() id: string) {
    return {
      id,
      runtimeVersion: DAPR_VERSION,
      daybook: this.ports.version,
      enabledFeatures: [],
      actors: [],
      components: [],
      httpEndpoints: [],
      subscriptions: [],
      extended: {},
    };
  }
}
