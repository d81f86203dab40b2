import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { JsonObject } from '#domain';

import { digest } from '../dispatch.js';
import { NotRunnable } from '../not-runnable.js';
import type { Attempt, Exit, KeptDeploy } from '../run-folder.js';
import type { TaskResult } from '../task-output.js';
import { lastLines } from './last-lines.js';
import { reportFiles } from './puppet-command.js';
import { parseReport, WrongReport } from './puppet-report.js';
import type { PuppetReport } from './puppet-report.js';

/** Exit statuses above tell of a signal. */
const LAST_OWN_EXIT = 128;

/** Lines that are shown of each output of a run without a report. */
const SHOWN_LINES = 5;

/**
 * What came of a run of Puppet, by its report and its exit status.
 * @param ended why Daybook ended it, and how that is reported; null: it ended by itself
 * @throws NotRunnable when it ended without having run: another run was in progress, Puppet is disabled, and the like
 */
export async function puppetResult(
  deploy: KeptDeploy,
  { folder }: Attempt,
  exit: Exit | null,
  ended: JsonObject | null,
): Promise<TaskResult> {
  const code = exit?.code ?? null;
  const report = await readReport(reportFiles(folder).report);
  const shown = report instanceof WrongReport || report === null ? {} : presented(report, deploy);
  if (ended !== null) return failed(shown, ended);
  if (report instanceof WrongReport) return failed({}, puppetError(report.message, code));
  if (report === null) {
    if (code === null || code > LAST_OWN_EXIT) return failed({}, puppetError('Puppet was killed', code));
    throw new NotRunnable(`Puppet did not run: it ended with exit code ${code} and no report; ${await output(folder)}`);
  }
  if (report.status === 'failed' || code === 4 || code === 6) return { kind: 'failed', result: shown };
  if (code === 0 || code === 2) return { kind: 'finished', result: shown };
  return failed(shown, puppetError(`Puppet ended with exit code ${code}, expected 0, 2, 4 or 6`, code));
}

type ReportRead = PuppetReport & { readonly hash: string };

async function readReport(path: string): Promise<ReportRead | WrongReport | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return null;
  try {
    return { ...parseReport(bytes.toString()), hash: digest(bytes) };
  } catch (error) {
    if (error instanceof WrongReport) return error;
    throw error;
  }
}

function presented({ metrics, ...report }: ReportRead, { noop, noNoop }: KeptDeploy): JsonObject {
  return { ...report, noop: { noop, no_noop: noNoop }, metrics: { ...metrics } };
}

const failed = (shown: JsonObject, error: JsonObject): TaskResult => ({
  kind: 'failed',
  result: { ...shown, _error: error },
});

const puppetError = (msg: string, exitCode: number | null): JsonObject => ({
  kind: 'daybook/puppet-error',
  msg,
  details: { exit_code: exitCode },
});

async function output(folder: string): Promise<string> {
  const [stdout, stderr] = await Promise.all(
    ['stdout', 'stderr'].map((name) => lastLines(join(folder, name), SHOWN_LINES)),
  );
  const said = [stdout, stderr].filter((text) => text !== '').join('\n');
  return said === '' ? 'it printed nothing' : `it printed:\n${said}`;
}
