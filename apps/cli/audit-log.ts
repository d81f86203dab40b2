import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { JsonObject } from '#domain';
import type { Api } from './api.js';
import { columns } from './columns.js';

type Say = (line: string) => unknown;

export interface AuditLogOptions {
  readonly actor?: string;
  readonly type?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
  readonly correlation?: string;
  readonly command?: string;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly json?: true;
}

/** The entries of the audit log that a command may ask for. */
export function withAuditFilters(command: Command): Command {
  return command
    .option('--actor <name>', 'who did it: a login, the id of a user, or an actor like app/orders or daybook')
    .option('--type <names>', 'types of event with commas between them; * stands for any part of a name')
    .option('--subject <subject>', 'what it is about, like scheduled-job/3')
    .option('--from <place>', 'the first: a time like 2027-05-05T19:50:08Z, or the number of an event')
    .option('--to <place>', 'the last')
    .option('--correlation <id>', 'the request that it came of, by its X-Request-Id')
    .option('--command <id>', 'the command that it came of')
    .addOption(new Option('--order <order>', 'asc: the oldest first').choices(['asc', 'desc']).default('desc'))
    .option('--limit <number>', 'entries at most', wholeNumber, 50)
    .option('--json', 'a line of JSON for each entry, with all that changed')
    .addHelpText('after', "\nExample: daybook audit log --actor kate --type 'daybook.scheduled-job.*' --limit 20");
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number > 0) return number;
  throw new InvalidArgumentError('expected an integer from 1');
}

interface Entry {
  readonly event: number;
  readonly time: string;
  readonly type: string;
  readonly subject: string;
  readonly actor: string;
  readonly login: string | null;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

interface Page {
  readonly items: readonly Entry[];
  readonly pagination: { readonly next: string | null };
}

const LARGEST_PAGE = 1000;

/** Says the entries that are asked for, as a table or as lines of JSON. */
export async function auditLog(api: Api, { limit, json, ...filters }: AuditLogOptions, say: Say): Promise<void> {
  const table: Entry[] = [];
  for await (const entry of entries(api, filters, limit)) {
    if (json) say(JSON.stringify(entry));
    else table.push(entry);
  }
  if (json) return;
  columns(['event', 'time', 'who', 'what', 'subject', 'changed'], table.map(row)).forEach((line) => say(line));
}

async function* entries(api: Api, filters: object, limit: number): AsyncGenerator<Entry> {
  const query = new URLSearchParams(Object.entries(filters) as [string, string][]);
  for (let left = limit; left > 0;) {
    query.set('limit', String(Math.min(left, LARGEST_PAGE)));
    const { items, pagination } = await api.call<Page>('GET', `/audit?${query.toString()}`);
    yield* items;
    left -= items.length;
    if (pagination.next === null) return;
    query.set('after', String(items.at(-1)!.event));
  }
}

function row({ event, time, login, actor, type, subject, before, after }: Entry) {
  return [event, time, login ?? actor, type.replace(/^daybook\./, ''), subject, changed(before, after)];
}

/** Names of what is not as before; none where there was nothing before, or is nothing any more. */
function changed(before: JsonObject | null, after: JsonObject | null): string | null {
  if (before === null || after === null) return null;
  const names = Object.keys({ ...before, ...after });
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).join(',');
}
