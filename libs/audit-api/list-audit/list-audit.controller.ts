import { Readable } from 'node:stream';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Controller, Get, Inject, Logger, Query, Req, StreamableFile, UseInterceptors } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { cutAfter, Documents, nextLink, ReadYourWrites, startedBatches, streamItems } from '#http';
import type { AuditRow } from '#read-store';
import type { AuditPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { AUDIT_CSV, AUDIT_LINES, AUDIT_PAGE } from './audit-entry.schema.js';
import { csvLine } from './csv.js';
import type { ListAudit } from './list-audit.parameters.js';
import { filterOf, listAuditParameters, pageLimit } from './list-audit.parameters.js';
import { presentEntry } from './present-entry.js';

const LINES_TYPE = AUDIT_LINES.contentMediaType;
const CSV_TYPE = AUDIT_CSV.contentMediaType;

const COLUMNS = [
  'event',
  'time',
  'type',
  'subject',
  'actor',
  'login',
  'correlation',
  'command',
  'before',
  'after',
  'details',
] as const;

/** Who did what. */
@Controller('audit')
@UseInterceptors(ReadYourWrites)
export class ListAuditController implements BeforeApplicationShutdown {
  readonly #stopping = new AbortController();

  constructor(@Inject(PORTS) private readonly ports: AuditPorts) {}

  /** A stream that is not over when the server stops is broken off. */
  beforeApplicationShutdown(): void {
    this.#stopping.abort();
  }

  @Get()
  @Documents({
    summary: 'List who did what, page by page or all of it as lines of JSON or as CSV',
    answer: AUDIT_PAGE,
    alsoAnswers: [AUDIT_LINES, AUDIT_CSV],
    example: { subject: 'scheduled-job/1', limit: 20 },
  })
  async listAudit(@Query(listAuditParameters) query: ListAudit, @Req() request: FastifyRequest) {
    const { accept = '' } = request.headers;
    if (accept.includes(LINES_TYPE)) return this.#stream(query, LINES_TYPE, '', lineOf);
    if (accept.includes(CSV_TYPE)) return this.#stream(query, `${CSV_TYPE}; header=present`, csvLine(COLUMNS), csvOf);
    const { order, after = null } = query;
    const limit = pageLimit(query.limit);
    const { queries, publicUrl } = this.ports;
    const entries = queries.audit.entries(filterOf(query), { order, after, limit: limit + 1 });
    const page = cutAfter(entries, limit);
    return streamItems(
      page.batches,
      (row) => JSON.stringify(presentEntry(row)),
      () => ({ pagination: { limit, order, next: nextLink(request, publicUrl, page.last()?.number ?? null) } }),
    );
  }

  /** All entries, read no faster than the client takes them. */
  async #stream(
    query: ListAudit,
    type: string,
    head: string,
    line: (row: AuditRow) => string,
  ): Promise<StreamableFile> {
    const { order, after = null, limit = null } = query;
    const { signal } = this.#stopping;
    const entries = await startedBatches(this.ports.queries.audit.entries(filterOf(query), { order, after, limit }));
    async function* lines() {
      if (head !== '') yield head;
      for await (const batch of entries) {
        signal.throwIfAborted();
        yield batch.map(line).join('');
      }
    }
    const stream = Readable.from(lines(), { objectMode: false });
    stream.once('error', ({ message, stack }: Error) => Logger.error(message, stack, 'ListAudit'));
    return new StreamableFile(stream, { type: `${type}; charset=utf-8` });
  }
}

const lineOf = (row: AuditRow) => `${JSON.stringify(presentEntry(row))}\n`;

function csvOf(row: AuditRow): string {
  const entry = presentEntry(row);
  return csvLine(
    COLUMNS.map((column) => {
      const value = entry[column];
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    }),
  );
}
