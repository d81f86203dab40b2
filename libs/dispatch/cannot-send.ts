/** Why a run cannot be sent; it becomes `errored` with this. */
export class CannotSend extends Error {
  override readonly name = 'CannotSend';
}
