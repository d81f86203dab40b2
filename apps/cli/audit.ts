import { access, constants } from 'node:fs/promises';
import { Command } from 'commander';
import { checkLines, LedgerBroken, LedgerCheck, readLedgerFile } from '#ledger';
import type { Api } from './api.js';
import { auditLog, withAuditFilters } from './audit-log.js';
import type { AuditLogOptions } from './audit-log.js';
import { checkpointCommand, expectedOf } from './checkpoints.js';
import type { VerifyOptions } from './checkpoints.js';
import { progressOn, terminal } from './progress.js';

type Say = (line: string) => unknown;

/** Exit statuses of `audit verify`, for scripts. */
const BROKEN = 1;
const WRONG_USE = 2;

/** What auditors do: `daybook audit …`. */
export function auditCommands(api: Api, say: Say): Command {
  const audit = new Command('audit')
    .description('Tells who did what, and proves that nothing in the log was changed.')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USE));

  audit
    .command('verify')
    .description("Holds each commit and large value against the log's chain of hashes.")
    .argument('[file]', 'an export, which needs no server; else the log of the server')
    .option('--checkpoint <file>', 'a checkpoint that was kept, which the log must still hold')
    .option(
      '--key <key>',
      'a public key that may have signed checkpoints, again for each; others may not then',
      another,
    )
    .option('--json', 'say the outcome as JSON')
    .addHelpText(
      'after',
      '\nExit status: 0 when all holds, 1 with the place when not, 2 when it could not be verified.' +
        '\nExample: daybook audit verify backup.ndjson.gz --checkpoint checkpoint.json',
    )
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const { status, line, outcome } = await verify(api, file, options);
      if (options.json) say(JSON.stringify(outcome));
      else if (status === 0) say(line);
      else process.stderr.write(`${line}\n`);
      process.exitCode = status;
    });

  withAuditFilters(audit.command('log'))
    .description('Lists who did what, the newest first.')
    .action((options: AuditLogOptions) => auditLog(api, options, say));

  audit.addCommand(checkpointCommand(api, say));
  return audit;
}

const another = (key: string, keys: readonly string[] = []) => [...keys, key];

interface Outcome {
  readonly status: number;
  /** For people. */
  readonly line: string;
  readonly outcome: object;
}

async function verify(api: Api, file: string | undefined, options: VerifyOptions): Promise<Outcome> {
  const progress = progressOn(terminal);
  let share: number | null = null;
  try {
    const check = new LedgerCheck(expectedOf(options));
    const lines =
      file === undefined ? await liveLines(api, check) : await fileLines(file, check, (now) => (share = now));
    for await (const _line of lines) {
      const { last = 0 } = check.header ?? {};
      progress.show(file === undefined && last > 0 ? check.held.number / last : share, check.held.number);
    }
    const { stream } = check.header!;
    const { commits, events, values, number, hash } = check.held;
    const { vouchedFor } = check;
    const signers = Object.entries(vouchedFor.keys).map(([key, count]) => `${count} by ${key}`);
    const line =
      `all holds: log ${stream}, ${events} events in ${commits} commits, ${values} large values; event ${number} has the hash ${hash}; ` +
      (signers.length === 0
        ? 'no checkpoint is signed yet'
        : `checkpoints vouch for it up to event ${vouchedFor.number}: ${signers.join(', ')}`);
    return { status: 0, line, outcome: { ok: true, stream, ...check.held, vouchedFor } };
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof LedgerBroken)) {
      return { status: WRONG_USE, line: message, outcome: { ok: null, problem: message } };
    }
    const outcome = { ok: false, ...error.place, problem: error.problem };
    return { status: BROKEN, line: `broken at ${message}`, outcome };
  } finally {
    progress.clear();
  }
}

async function liveLines(api: Api, check: LedgerCheck) {
  return checkLines(await api.stream('/log/export'), check);
}

async function fileLines(path: string, check: LedgerCheck, onShare: (share: number) => void) {
  await access(path, constants.R_OK);
  return readLedgerFile(path, check, ({ bytes, size }) => onShare(bytes / size));
}
