import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common';
import { ApiError, Documents } from '#http';
import type { KeptSchemas } from './kept-schemas.js';

export const SCHEMAS = Symbol('KeptSchemas');

const MEDIA_TYPE = 'application/schema+json';

/** Gives the JSON Schemas of events at the addresses in their `dataschema`; needs no token. */
@Controller('schemas')
export class SchemasController {
  constructor(@Inject(SCHEMAS) private readonly schemas: KeptSchemas) {}

  @Get(':type/:version')
  @Documents({
    summary: 'Get the JSON Schema of a version of an event',
    answer: { type: 'object', contentMediaType: MEDIA_TYPE },
    example: { type: 'daybook.job.created', version: '1' },
  })
  schema(@Param('type') type: string, @Param('version') version: string) {
    const address = `/schemas/${type}/${version}`;
    const schema = this.schemas.get(address);
    if (schema === undefined) {
      throw new ApiError('unknown-route', `There is no schema ${address}, expected the dataschema of an event`);
    }
    return new StreamableFile(Buffer.from(schema), { type: MEDIA_TYPE });
  }
}
