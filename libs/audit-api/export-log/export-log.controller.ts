import { Readable } from 'node:stream';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Controller, Get, Inject, Logger, Query, StreamableFile } from '@nestjs/common';
import { Documents, integer, queryOf, startedBatches } from '#http';
import type { QueryOf } from '#http';
import { exportLog } from '#ledger';
import type { AuditPorts } from '../ports.js';
import { PORTS } from '../ports.js';

/** What is read ahead of a client, so that neither waits for the other at each piece. */
const AHEAD_BYTES = 1024 * 1024;

const QUERY = { after: integer(0, null, 0) };

@Controller('log')
export class ExportLogController implements BeforeApplicationShutdown {
  readonly #stopping = new AbortController();

  constructor(@Inject(PORTS) private readonly ports: AuditPorts) {}

  /** An export that is not over when the server stops is broken off; whoever reads it goes on later. */
  beforeApplicationShutdown(): void {
    this.#stopping.abort();
  }

  @Get('export')
  @Documents({
    summary: 'Export the log: its commits as stored, and their large values, up to its end',
    answer: { type: 'string', contentMediaType: 'application/x-ndjson' },
  })
  async exportLog(@Query(queryOf(QUERY)) { after }: QueryOf<typeof QUERY>): Promise<StreamableFile> {
    const lines = exportLog({ ...this.ports, after, signal: this.#stopping.signal });
    const stream = Readable.from(await startedBatches(lines), { objectMode: false, highWaterMark: AHEAD_BYTES });
    stream.once('error', ({ message, stack }: Error) => Logger.error(message, stack, 'ExportLog'));
    return new StreamableFile(stream, { type: 'application/x-ndjson' });
  }
}
