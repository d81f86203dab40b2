import type { RecordedEvent } from '#domain';
import type { Api } from './api.js';
import { cut } from './columns.js';
import { followEvents } from './follow-events.js';
import { printable } from './printable.js';
import type { JsonOption, Say } from './show.js';

/** Which events, by their names in the query of `GET /events`. */
export interface TailOptions extends JsonOption {
  readonly after?: number;
  readonly type?: string;
  readonly subject?: string;
  readonly owner?: string;
  readonly environment?: string;
}

/** Says events as they come until Ctrl-C. */
export async function tailEvents(api: Api, { json, after, ...filters }: TailOptions, say: Say): Promise<void> {
  process.once('SIGINT', () => process.exit(0));
  const query = new URLSearchParams({ ...filters }).toString();
  const { events } = await followEvents(api, `/events?${query}`, after ?? null);
  for await (const event of events) say(json ? JSON.stringify(event) : lineOf(event));
}

const lineOf = ({ id, time, type, subject, data }: RecordedEvent) =>
  cut(printable([id, time, type, subject, JSON.stringify(data)].join('  ')));
