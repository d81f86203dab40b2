import type { Confirmed, Report } from '#agent-protocol';
import { Refusal } from '#domain';
import type { CommandMeta, ReportRun } from '#domain';
import type { RunIds } from './run.js';

/** Hands a report to the writer; resolves once it is stored or shown to change nothing. */
export type ReportToWriter = (report: ReportRun, meta: CommandMeta) => Promise<unknown>;

/** Brings an agent's reports into the log. Reports of runs of another log are confirmed and change nothing. */
export async function takeReports(
  node: string,
  reports: readonly Report[],
  ids: RunIds,
  toWriter: ReportToWriter,
): Promise<Confirmed> {
  const taken = await Promise.allSettled(
    reports.map(async (report) => {
      const job = ids.jobOf(report.runId);
      if (job !== null) await take(node, job, report, toWriter);
      return report.reportId;
    }),
  );
  return { confirmed: taken.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])) };
}

async function take(node: string, job: number, report: Report, toWriter: ReportToWriter): Promise<void> {
  const { reportId, runId: _, ...fact } = report;
  const meta = { commandId: reportId, actor: `agent/${node}`, correlationId: `job/${job}` };
  try {
    await toWriter({ type: 'report-run', job, node, ...fact }, meta);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { startedAt } = report;
    const reason = { kind: 'daybook/report-refused', msg: `the report was refused: ${error.message}`, details: {} };
    await toWriter({ type: 'report-run', job, node, kind: 'errored', startedAt, error: reason }, meta);
  }
}
