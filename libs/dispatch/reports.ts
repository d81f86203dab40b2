import type { Confirmed, Report } from '#agent-protocol';
import { Refusal } from '#domain';
import type { CommandMeta, ReportRun } from '#domain';
import type { Run } from './run.js';

/** Hands a report to the writer; resolves once it is stored or shown to change nothing. */
export type ReportToWriter = (report: ReportRun, meta: CommandMeta) => Promise<unknown>;

/**
 * Brings an agent's reports into the log, each as one about the node of its run. Reports of runs that the agent was not
 * given, or that have ended, are confirmed and change nothing.
 * @param runOf the run of an id that this agent was given and that has not ended
 */
export async function takeReports(
  agent: string,
  reports: readonly Report[],
  runOf: (runId: string) => Run | undefined,
  toWriter: ReportToWriter,
): Promise<Confirmed> {
  const taken = await Promise.allSettled(
    reports.map(async (report) => {
      const run = runOf(report.runId);
      if (run) await take(agent, run, report, toWriter);
      return report.reportId;
    }),
  );
  return { confirmed: taken.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])) };
}

async function take(agent: string, { job, node }: Run, report: Report, toWriter: ReportToWriter): Promise<void> {
  const { reportId, runId: _, ...fact } = report;
  const meta = { commandId: reportId, actor: `agent/${agent}`, correlationId: `job/${job}` };
  try {
    await toWriter({ type: 'report-run', job, node, ...fact }, meta);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { startedAt } = report;
    const reason = { kind: 'daybook/report-refused', msg: `the report was refused: ${error.message}`, details: {} };
    await toWriter({ type: 'report-run', job, node, kind: 'errored', startedAt, error: reason }, meta);
  }
}
