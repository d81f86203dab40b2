/** Why an expression has no value, before it is known where it stands. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}
