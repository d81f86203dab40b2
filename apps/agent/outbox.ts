import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { isReport } from '#agent-protocol';
import type { Report } from '#agent-protocol';
import type { Logger } from '#platform';

import type { Dispatch } from './dispatch.js';
import { readOrMoveAside, writeDurably } from './durable-file.js';

/** Reports on their way, kept on disk until they are confirmed and sent in the order in which they came. */
export interface Outbox {
  has(reportId: string): boolean;
  /** Ids of the runs whose reports are on their way. */
  runs(): string[];
  /** Once this returns the report is on disk. One that is on its way already is not taken again. */
  put(report: Report): Promise<void>;
  /** Begins to send. */
  start(): void;
}

export interface OutboxOptions {
  readonly folder: string;
  readonly dispatch: Pick<Dispatch, 'report'>;
  /** Most bytes that a message may have at this moment. */
  readonly maxBytes: () => number;
  /** Called for each confirmed report before it is forgotten, so again when the agent ends in between. */
  readonly onConfirmed: (report: Report) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly logger: Logger;
}

interface Waiting {
  readonly report: Report;
  readonly file: string;
  readonly bytes: number;
}

export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { folder, dispatch, maxBytes, onConfirmed, onError, logger } = options;
  const waiting = new Map<string, Waiting>();
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  for (const name of names) {
    const file = join(folder, name);
    const report = await readOrMoveAside(file, parseReport, logger);
    if (report) waiting.set(report.reportId, { report, file, bytes: Buffer.byteLength(JSON.stringify(report)) });
  }
  let number = Number.parseInt(names.at(-1) ?? '0', 10);
  let inTurn = Promise.resolve();
  let wake = () => {};

  async function write(report: Report): Promise<void> {
    const text = JSON.stringify(report);
    const file = join(folder, `${String(++number).padStart(12, '0')}.json`);
    await writeDurably(file, text);
    waiting.set(report.reportId, { report, file, bytes: Buffer.byteLength(text) });
    wake();
  }

  /** As many of the oldest as fit in one message; at least one. */
  function nextBatch(): readonly Waiting[] {
    const batch: Waiting[] = [];
    let room = maxBytes() - 2;
    for (const each of waiting.values()) {
      room -= each.bytes + 1;
      if (room < 0 && batch.length > 0) break;
      batch.push(each);
    }
    return batch;
  }

  async function sendBatch(batch: readonly Waiting[]): Promise<void> {
    const { confirmed } = await dispatch.report(batch.map(({ report }) => report));
    const done = new Set(confirmed);
    for (const { report, file } of batch.filter((each) => done.has(each.report.reportId))) {
      await onConfirmed(report);
      await rm(file, { force: true });
      waiting.delete(report.reportId);
    }
    if (done.size === 0) await delay(200);
  }

  async function send(): Promise<never> {
    for (;;) {
      if (waiting.size === 0) await new Promise<void>((resolve) => (wake = resolve));
      // What cannot be sent or removed now is tried again: the reports are on disk.
      await sendBatch(nextBatch()).catch(async (error: unknown) => {
        onError(error);
        await delay(1_000);
      });
    }
  }

  return {
    has: (reportId) => waiting.has(reportId),
    runs: () => Array.from(waiting.values(), ({ report }) => report.runId),
    put(report) {
      return (inTurn = inTurn
        .catch(() => undefined)
        .then(async () => {
          if (!waiting.has(report.reportId)) await write(report);
        }));
    },
    start() {
      void send();
    },
  };
}

function parseReport(text: string): Report {
  const report: unknown = JSON.parse(text);
  if (!isReport(report)) throw new Error('it holds no report');
  return report;
}
