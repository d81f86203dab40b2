import type { ErroredReport } from '#agent-protocol';

/** A task or Puppet cannot be run here, whatever the parameters are. */
export class NotRunnable extends Error {
  override readonly name: string = 'NotRunnable';
}

/** The server does not have a file (any more); it has it again once it has sent the run again. */
export class FileMissing extends NotRunnable {
  override readonly name = 'FileMissing';
}

type ReportedError = ErroredReport['error'];

/** What an agent reports of a run that was stopped before it started. */
export const STOPPED_BEFORE_START: ReportedError = {
  kind: 'daybook/stopped',
  msg: 'The run was stopped before it started',
  details: {},
};

export const STOPPED: ReportedError = { kind: 'daybook/stopped', msg: 'The run was stopped', details: {} };

export const LOST: ReportedError = {
  kind: 'daybook/run-lost',
  msg: 'The process of the run is gone without a recorded exit, and its task may not be started again',
  details: {},
};

export function executionFailure(msg: string): ReportedError {
  return { kind: 'puppetlabs.orchestrator/execution-failure', msg: msg.slice(0, 4096), details: {} };
}
