import type { Command, CommandMeta } from '#domain';
import type { Receipt } from './gateway.js';

/** A command that waits for its decision, and the caller who waits for its receipt. */
export interface Entry {
  readonly command: Command;
  readonly meta: CommandMeta;
  /** When its caller is told that nothing is known yet, on the monotonic clock. */
  readonly deadlineMs: number;
  resolve(receipt: Receipt): void;
  reject(error: Error): void;
}
