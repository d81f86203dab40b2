/** The oldest nats-server that keeps the promises of the log: expected sequences and `sync_interval` came with it. */
export const OLDEST_VERSION = '2.10.0';

/** Whether a nats-server of this version will do; `v2.10.27`, `2.15.0-RC.2` and the like. */
export function isNewEnough(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version) ?? [];
  return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 10);
}
