/** A schedule, time zone, instant or duration as somebody wrote it that cannot be read; the message says why. */
export class InvalidTiming extends Error {
  override readonly name = 'InvalidTiming';
}
