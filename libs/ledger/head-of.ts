import { LOG_START } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';

/** The place of the last commit that a log has now. */
export async function headOf(log: EventLog): Promise<LogPosition> {
  let head = LOG_START;
  for await (const commits of log.read(await log.before(Number.MAX_SAFE_INTEGER))) {
    head = commits.at(-1)?.position ?? head;
  }
  return head;
}
