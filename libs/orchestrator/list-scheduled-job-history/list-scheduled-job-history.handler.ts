import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { Refusal } from '#domain';
import { cutAfter } from '#http';
import type { Cut } from '#http';
import type { AuditPage, AuditQueries, AuditRow } from '#read-store';
import type { World } from '../as-of/world.js';

/** A part of what has happened to a schedule. */
export interface History {
  /** What it runs, which never changes. */
  readonly type: 'task' | 'deploy' | 'plan';
  readonly entries: Cut<Numbered>;
}

/** An entry, and how many changes the schedule has seen with it. */
export interface Numbered {
  readonly row: AuditRow;
  readonly version: number;
}

export class ListScheduledJobHistory extends Query<History> {
  constructor(
    readonly world: World,
    readonly id: number,
    readonly page: AuditPage & { readonly limit: number },
  ) {
    super();
  }
}

@QueryHandler(ListScheduledJobHistory)
export class ListScheduledJobHistoryHandler implements IQueryHandler<ListScheduledJobHistory> {
  async execute({ world, id, page }: ListScheduledJobHistory): Promise<History> {
    const { audit } = world.queries;
    const subject = `scheduled-job/${id}`;
    const created = await audit.firstAbout(subject);
    if (created === null) throw new Refusal({ code: 'unknown-scheduled-job', id });
    const { command: type } = created.after!['spec'] as { readonly command: History['type'] };
    const entries = audit.entries({ subject }, { ...page, limit: page.limit + 1 });
    return { type, entries: cutAfter(numbered(entries, audit, page.order), page.limit) };
  }
}

async function* numbered(entries: AsyncIterable<readonly AuditRow[]>, audit: AuditQueries, order: AuditPage['order']) {
  let previous: Numbered | null = null;
  for await (const batch of entries) {
    const rows: Numbered[] = [];
    for (const row of batch) {
      const version: number =
        previous === null
          ? (await audit.changesBefore(row.subject, row.number)) + changes(row)
          : order === 'asc'
            ? previous.version + changes(row)
            : previous.version - changes(previous.row);
      rows.push((previous = { row, version }));
    }
    yield rows;
  }
}

/** What happens and changes nothing has details. */
const changes = ({ details }: AuditRow) => (details === null ? 1 : 0);
